import { spawn } from 'node:child_process';
import path from 'node:path';

/** Name and program (of node_modules/.bin) with its parameters; the longest first. */
const CHECKS: readonly (readonly [name: string, program: string, ...parameters: string[]])[] = [
  ['lint', 'eslint', '--max-warnings=0', '.'],
  ['types of src-shared', 'tsc', '-p', 'src-shared'],
  ['types of src-main', 'tsc', '-p', 'src-main'],
  ['types of src-renderer', 'vue-tsc', '-p', 'src-renderer'],
  ['types of test and scripts', 'tsc', '-p', 'test'],
  [
    'rooms',
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err',
    'src-main',
    'src-shared',
    'src-renderer',
    'scripts',
    'test',
  ],
  ['format', 'prettier', '--check', '--log-level=warn', '.'],
];

const PACKAGES: Record<string, string> = {
  tsc: 'typescript/bin/tsc',
  'vue-tsc': 'vue-tsc/bin/vue-tsc.js',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
  depcruise: 'dependency-cruiser/bin/dependency-cruiser.mjs',
};

/** Each takes a core and up to a gigabyte. */
const AT_ONCE = 2;

/** Type checks, lint, format and circles of imports, two at a time; each prints what it found when it is done. @returns true when all are clean */
export async function runChecks(root: string): Promise<boolean> {
  const waiting = CHECKS.values();
  let isClean = true;
  const work = async (): Promise<void> => {
    for (const check of waiting) isClean = (await runCheck(root, check)) && isClean;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return isClean;
}

async function runCheck(
  root: string,
  [name, program, ...parameters]: (typeof CHECKS)[number],
): Promise<boolean> {
  const started = performance.now();
  const script = path.join(root, 'node_modules', PACKAGES[program] ?? program);
  const child = spawn(process.execPath, [script, ...parameters], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${output}${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  return status === 0;
}
