import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Folders whose test files may share a process, which saves a third of a second for each: they change neither its environment nor
 * anything else that outlives them.
 */
const SHARING = [
  ...['test/shared/', 'test/renderer/', 'test/main/compression/', 'test/main/copies/', 'test/main/datasets/'],
  ...[
    'test/main/exports/',
    'test/main/figures/',
    'test/main/files/',
    'test/main/machine/',
    'test/main/reports/',
  ],
  ...['test/main/network-files/', 'test/main/recipes/', 'test/main/run-files/', 'test/main/store/'],
  'test/main/studies/',
];
/** In these, files that need a process of their own: they measure its memory, or change it. */
const ALONE = [
  'test/main/datasets/import-bounds.test.ts',
  'test/main/files/exclusive-lock.test.ts',
  'test/main/machine/sample-machine.test.ts',
  'test/renderer/pages/studies/import-draft.test.ts',
  'test/renderer/stores/in-parts.test.ts',
];

/** So that processes are at work side by side, and one that ends early takes few files with it. */
const MOST_FILES = 24;

/** Test files that are run in one process. */
export interface TestGroup {
  /** What the process loads: the test file, or one that loads several. */
  readonly entry: string;
  /** Paths from the root. */
  readonly files: readonly string[];
}

/** @param files paths from the root, sorted */
export function testGroups(root: string, files: readonly string[]): TestGroup[] {
  const shares = (file: string): boolean =>
    SHARING.some((folder) => file.startsWith(folder)) && !ALONE.includes(file);
  const folder = path.join(root, 'node_modules', '.cache', 'kindling-tests');
  const sharing = files.filter(shares);
  const count = Math.ceil(sharing.length / MOST_FILES);
  // dealt out in turn: the slow ones of a folder lie in several groups
  const groups = Array.from({ length: count }, (_, group) =>
    sharing.filter((_, index) => index % count === group),
  );
  return [
    ...groups.map((ofGroup, index) => ({ entry: writeEntry(root, folder, index, ofGroup), files: ofGroup })),
    ...files.filter((file) => !shares(file)).map((file) => ({ entry: path.join(root, file), files: [file] })),
  ];
}

function writeEntry(root: string, folder: string, index: number, files: readonly string[]): string {
  fs.mkdirSync(folder, { recursive: true });
  const entry = path.join(folder, `${index}.mjs`);
  const loads = files.map((file) => `import ${JSON.stringify(pathToFileURL(path.join(root, file)).href)};\n`);
  fs.writeFileSync(entry, loads.join(''));
  return entry;
}
