import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeUnfinished, replacedPath, unfinishedPath } from '../src-main/files/unfinished-files.ts';

/** The page's folder and name of the file in it that says what it was built from. */
const PAGE = path.join('dist', 'renderer');
const STAMP = 'built-from';
const INPUTS = ['src-renderer/**', 'src-shared/**', 'package-lock.json', 'vite.config.ts'];

/**
 * Builds the page into dist/renderer unless it is there already, built from these very sources; says so when it builds.
 * Several may call it at once. Needs Node 24 (Vite does).
 * @param root folder of the checkout
 * @param options `force` builds in any case
 * @returns absolute path of the page's folder
 * @throws Error of Vite, which names file and line
 */
export async function ensurePage(
  root: string = path.join(import.meta.dirname, '..'),
  { force = false }: { readonly force?: boolean } = {},
): Promise<string> {
  const page = path.join(root, PAGE);
  const inputs = hashOfInputs(root);
  if (!force && builtFrom(page) === inputs) return page;
  console.error('Building the page …');
  const started = performance.now();
  // Built beside and moved into place, so that nobody is served half a page.
  mkdirSync(path.dirname(page), { recursive: true });
  removeUnfinished(path.dirname(page));
  const fresh = unfinishedPath(page);
  mkdirSync(fresh);
  try {
    await buildInto(root, fresh);
    writeFileSync(path.join(fresh, STAMP), inputs);
    replaceFolder(page, fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  console.error(`The page is built (${((performance.now() - started) / 1000).toFixed(1)} s).`);
  return page;
}

async function buildInto(root: string, folder: string): Promise<void> {
  // Vite takes a second to load: not where the page is there.
  const [{ build }, { default: config }] = await Promise.all([import('vite'), import('../vite.config.ts')]);
  await build({
    ...config,
    root: path.join(root, 'src-renderer'),
    configFile: false,
    logLevel: 'warn',
    build: { ...config.build, outDir: folder },
  });
}

/** Contents and not times: a checkout of another commit changes the times of all files. */
function hashOfInputs(root: string): string {
  const hash = createHash('sha256');
  const entries = globSync(INPUTS, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))).sort();
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function builtFrom(page: string): string | null {
  const file = path.join(page, STAMP);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** A folder cannot be renamed onto another: the old one steps aside first. Another call may do the same just now. */
function replaceFolder(page: string, fresh: string): void {
  const old = replacedPath(page);
  const isMoved = moveIfThere(page, old);
  try {
    renameSync(fresh, page);
  } catch (error) {
    // The other call was faster and its page is as good; anything else is an error.
    if (!existsSync(path.join(page, 'index.html'))) throw error;
  }
  if (isMoved) rmSync(old, { recursive: true, force: true });
}

function moveIfThere(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
