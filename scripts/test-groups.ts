import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Folders whose test files may share a process, which saves a third of a second for each: they change neither its environment nor
 * anything else that outlives them. So may those of all folders that compute with the engine of `test-engine.ts`, which saves more.
 */
const SHARING: readonly string[] = [
  ...['docs', 'renderer', 'scripts/bench', 'shared'],
  ...['main/analysis', 'main/artifacts', 'main/checkpoints', 'main/compression', 'main/copies'],
  ...['main/datasets', 'main/desktop', 'main/drafts', 'main/exports', 'main/figures', 'main/files'],
  ...['main/machine', 'main/network-files', 'main/recipes', 'main/reports', 'main/run-files'],
  ...['main/store', 'main/studies'],
].map((folder) => `test/${folder}/`);
/** In these, files that need a process of their own: they measure its memory, change it, or take a minute. */
const ALONE = [
  'test/main/analysis/analyze-runs.test.ts',
  'test/main/analysis/feature-storage.test.ts',
  'test/main/datasets/import-bounds.test.ts',
  'test/main/desktop/contract.test.ts',
  'test/main/desktop/packaged-application.test.ts',
  'test/main/desktop/updates.test.ts',
  'test/main/files/exclusive-lock.test.ts',
  'test/main/machine/sample-machine.test.ts',
  'test/renderer/pages/studies/import-draft.test.ts',
  'test/renderer/stores/in-parts.test.ts',
  'test/scripts/bench/gpu.test.ts',
];

/** So that processes are at work side by side, one that ends early takes few files with it, and each ends in the time that a file has. */
const MOST_FILES = 12;

/** Test files that are run in one process. */
export interface TestGroup {
  /** What the process loads: the test file, or one that loads several. */
  readonly entry: string;
  /** Paths from the root. */
  readonly files: readonly string[];
}

/** @param files paths from the root, sorted */
export function testGroups(root: string, files: readonly string[]): TestGroup[] {
  const kinds = Map.groupBy(files, (file) => kindOf(root, file));
  const folder = path.join(root, 'node_modules', '.cache', 'kindling-tests');
  const shared = (['plain', 'engine'] as const).flatMap((kind) =>
    dealt(kinds.get(kind) ?? []).map((group, index) => ({
      entry: writeEntry(root, path.join(folder, `${kind}-${index}.mjs`), group),
      files: group,
    })),
  );
  const alone = kinds.get('alone') ?? [];
  return [...shared, ...alone.map((file) => ({ entry: path.join(root, file), files: [file] }))];
}

/** Which files may share a process. */
function kindOf(root: string, file: string): 'plain' | 'engine' | 'alone' {
  if (ALONE.includes(file)) return 'alone';
  // a process opens one engine
  if (fs.readFileSync(path.join(root, file), 'utf8').includes('/test-engine.ts')) return 'engine';
  return SHARING.some((folder) => file.startsWith(folder)) ? 'plain' : 'alone';
}

/** Dealt out in turn: the slow ones of a folder lie in several groups. */
function dealt(files: readonly string[]): string[][] {
  const count = Math.ceil(files.length / MOST_FILES);
  return Array.from({ length: count }, (_, group) => files.filter((_, index) => index % count === group));
}

function writeEntry(root: string, entry: string, files: readonly string[]): string {
  fs.mkdirSync(path.dirname(entry), { recursive: true });
  const loads = files.map((file) => `import ${JSON.stringify(pathToFileURL(path.join(root, file)).href)};\n`);
  fs.writeFileSync(entry, loads.join(''));
  return entry;
}
