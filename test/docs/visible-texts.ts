import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(import.meta.dirname, '../..');
const CODE = 'src-{main,renderer,shared}/**/*.{ts,vue}';
const PAGES = ['docs/**/*.md', 'src-main/analysis/methods/*/README.md'];

export interface VisibleText {
  /** Of the file, from the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** What people may read, by file: docs, the templates of the page, and all string literals of the sources. */
export function visibleTexts(): VisibleText[] {
  const files = fs.globSync([CODE, ...PAGES], { cwd: ROOT });
  return files.map((file) => ({ file, text: textOf(file, fs.readFileSync(path.join(ROOT, file), 'utf8')) }));
}

function textOf(file: string, source: string): string {
  if (file.endsWith('.md')) return source;
  if (file.endsWith('.ts')) return literals(source);
  const [template = ''] = /<template>.*<\/template>/s.exec(source) ?? [];
  const [, script = ''] = /<script[^>]*>(.*?)<\/script>/s.exec(source) ?? [];
  return `${template.replaceAll(/<!--.*?-->/gs, '')}\n${literals(script)}`;
}

/** Strings and the fixed parts of templates, a line each; addresses of modules are none. */
function literals(source: string): string {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return found.join('\n');
}
