import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Name and program (of node_modules/.bin) with its parameters. */
const CHECKS: readonly (readonly [name: string, program: string, ...parameters: string[]])[] = [
  ['types of src-shared', 'tsc', '-p', 'src-shared'],
  ['types of src-main', 'tsc', '-p', 'src-main'],
  ['types of src-renderer', 'vue-tsc', '-p', 'src-renderer'],
  ['types of test and scripts', 'tsc', '-p', 'test'],
  ['lint', 'eslint', '--max-warnings=0', '.'],
  ['format', 'prettier', '--check', '--log-level=warn', '.'],
];

const PACKAGES: Record<string, string> = {
  tsc: 'typescript/bin/tsc',
  'vue-tsc': 'vue-tsc/bin/vue-tsc.js',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
};

/** Type checks, lint and format. @returns true when all are clean */
export function runChecks(root: string): boolean {
  return CHECKS.map(([name, program, ...parameters]) => {
    const started = performance.now();
    const script = path.join(root, 'node_modules', PACKAGES[program] ?? program);
    const { status } = spawnSync(process.execPath, [script, ...parameters], { cwd: root, stdio: 'inherit' });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    return status === 0;
  }).every(Boolean);
}
