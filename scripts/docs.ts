import fs from 'node:fs';
import path from 'node:path';
import { METHOD_FAMILIES, type MethodFamily } from '../src-shared/analysis/method-families.ts';
import { describeFields, type FieldDescription } from '../src-shared/fields/field.ts';
import { familyNames } from '../src-shared/networks/families.ts';
import { familyFields } from '../src-shared/networks/parse-network.ts';
import { recipeSchema } from '../src-shared/studies/recipe.ts';
import { drawnSamplers } from '../src-shared/studies/samplers/registry.ts';
import { recordSchema } from '../src-shared/studies/recordings.ts';
import { dataSchema } from '../src-shared/studies/study-schema.ts';
import { CHART_KINDS, chartWord } from '../src-shared/charts/kinds/registry.ts';
import { describeMethod } from '../src-main/analysis/method.ts';
import { METHODS } from '../src-main/analysis/methods/registry.ts';
import { formatted, withMarkedPart } from './marked-part.ts';

/** What follows from descriptions, by page and name. */
const PARTS: readonly (readonly [page: string, name: string, text: () => string])[] = [
  ['docs/analysis/README.md', 'methods', methodList],
  ...familyNames.map(
    (family) => ['docs/networks.md', `fields of ${family}`, () => fieldTable(familyFields(family))] as const,
  ),
  ['docs/study-files.md', 'ways to draw', samplerList],
  ['docs/study-files.md', 'fields of data', () => fieldTable(describeFields(dataSchema))],
  ['docs/study-files.md', 'fields of record', () => fieldTable(describeFields(recordSchema))],
  ['docs/study-files.md', 'fields of training', () => fieldTable(describeFields(recipeSchema))],
  ['docs/figures.md', 'charts', chartList],
];

/** Writes anew what follows from descriptions. @returns the pages that were changed */
export async function writeDocs(root: string): Promise<string[]> {
  const stale = await staleDocs(root);
  for (const [page, text] of stale) fs.writeFileSync(path.join(root, page), text);
  return [...stale.keys()];
}

/** Pages that do not say what the descriptions say, and what they should say. */
export async function staleDocs(root: string): Promise<ReadonlyMap<string, string>> {
  const stale = new Map<string, string>();
  for (const [page, parts] of Map.groupBy(PARTS, ([each]) => each)) {
    const file = path.join(root, page);
    const found = fs.readFileSync(file, 'utf8');
    const filled = parts.reduce((text, [, name, part]) => withMarkedPart(text, name, part()), found);
    const wanted = await formatted(filled, file);
    if (wanted !== found) stale.set(page, wanted);
  }
  return stale;
}

function fieldTable(fields: readonly FieldDescription[]): string {
  const head = '| field | accepts | default | meaning |\n| --- | --- | --- | --- |';
  const rows = fields.map(
    ({ name, title, about, accepts, default: value }) =>
      `| \`${name}\` | ${accepts} | ${defaultText(value)} | ${title === name ? '' : `**${title}**: `}${about} |`,
  );
  return [head, ...rows].join('\n');
}

function samplerList(): string {
  return drawnSamplers.map(({ name, about }) => `- \`${name}\`: ${about}`).join('\n');
}

function defaultText(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Each method with its page, what it tells and how many images it takes, by family. */
function methodList(): string {
  const families = Map.groupBy(METHODS.map(describeMethod), ({ family }) => family);
  return [...families]
    .map(([family, methods]) => [heading(family), ...methods.map(line)].join('\n'))
    .join('\n\n');
}

function heading(family: MethodFamily): string {
  return `**${METHOD_FAMILIES[family].title}**\n`;
}

function line({ name, title, about, settings }: ReturnType<typeof describeMethod>): string {
  const images = settings.find((setting) => setting.name === 'images')?.default;
  const fewer = typeof images === 'number' && images < 2000 ? ` By default on ${images} images.` : '';
  return `- [${title}](../../src-main/analysis/methods/${name}/README.md): ${about}${fewer}`;
}

/** The kinds of charts as the command calls them, by what they are drawn from. */
function chartList(): string {
  const rows = CHART_KINDS.map((kind) => `| \`${chartWord(kind)}\` | ${kind.about} |`);
  return ['| | |', '| --- | --- |', ...rows].join('\n');
}
