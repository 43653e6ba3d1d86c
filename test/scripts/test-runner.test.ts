import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

const RUNNER = join(import.meta.dirname, '../../scripts/test.ts');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kindling-runner-'));
  mkdirSync(join(root, 'test'));
  writeFileSync(join(root, 'package.json'), '{"type": "module"}');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, body: string): void {
  mkdirSync(dirname(join(root, 'test', name)), { recursive: true });
  writeFileSync(
    join(root, 'test', `${name}.test.ts`),
    `import assert from 'node:assert/strict';\nimport { describe, test } from 'node:test';\n${body}`,
  );
}

function run(): { status: number | null; output: string; last: string } {
  const script = join(root, 'run.mjs');
  writeFileSync(
    script,
    `import { runTests } from ${JSON.stringify(RUNNER)};
    process.exitCode = (await runTests(${JSON.stringify(root)}, [])) ? 0 : 1;`,
  );
  const environment = { ...process.env };
  // With this variable the inner runner would think that it is a file of the outer one.
  delete environment['NODE_TEST_CONTEXT'];
  const { status, stdout } = spawnSync(process.execPath, [script], { env: environment, encoding: 'utf8' });
  return { status, output: stdout, last: stdout.trimEnd().split('\n').at(-1) ?? '' };
}

test('the last line sums up all files, and status 0 says that nothing failed', () => {
  write('a', `test('one', () => {}); test('two', () => {});`);
  write(
    'b',
    `describe('suite', () => { test('three', () => {}); test('four', { skip: 'no card' }, () => {}); });`,
  );
  const { status, output, last } = run();
  assert.equal(last, '3 passed, 0 failed, 1 skipped');
  assert.match(output, /skipped: four \(no card\)/);
  assert.equal(status, 0);
});

test('a failure is shown in full and gives status 1', () => {
  write('a', `test('one', () => {}); test('wrong', () => assert.deepEqual([1, 2], [1, 3]));`);
  const { status, output, last } = run();
  assert.equal(last, '1 passed, 1 failed, 0 skipped');
  assert.match(output, /✖ wrong\n\s+test\/a\.test\.ts:3/);
  assert.match(output, /\+ {3}2\n\s+- {3}3/);
  assert.match(output, /\nFailed:\n✖ wrong {2}test\/a\.test\.ts:3\n\n1 passed, 1 failed/);
  assert.equal(status, 1);
});

test('a file that ends before its tests is a failure', () => {
  write('a', `process.abort();`);
  write('b', `test('one', () => {});`);
  write('c', `process.abort();`);
  const { status, output, last } = run();
  assert.match(output, /✖ .*a\.test\.ts: 0 passed, 1 failed/);
  assert.match(output, /✔ .*b\.test\.ts: 1 passed \(/);
  assert.match(output, /\nFailed:\n.*a\.test\.ts.* ended by SIGABRT\n.*c\.test\.ts.* ended by SIGABRT\n/);
  assert.equal(last, '1 passed, 2 failed, 0 skipped');
  assert.equal(status, 1);
});

test('files of folders that share processes are told one by one; where their process ends early, all are named', () => {
  const pid = `console.log('pid', process.pid);`;
  write('shared/a', `test('one', () => { ${pid} }); test('wrong', () => assert.fail('no'));`);
  write('shared/b', `test('two', () => { ${pid} }); test('three', { skip: 'no card' }, () => {});`);
  write('main/c', `test('four', () => { ${pid} });`);
  const { output, last } = run();
  assert.match(output, /✖ test\/shared\/a\.test\.ts: 1 passed, 1 failed/);
  assert.match(output, /✔ test\/shared\/b\.test\.ts: 1 passed, 1 skipped/);
  const pids = [...output.matchAll(/^pid (\d+)/gm)].map(([, id]) => id);
  assert.deepEqual([pids.length, new Set(pids).size], [3, 2]);
  assert.equal(last, '3 passed, 1 failed, 1 skipped');
  write('shared/b', `process.abort();`);
  const aborted = run();
  assert.match(aborted.output, /✖ test\/shared\/a\.test\.ts and 1 more in one process .* ended by SIGABRT/);
  assert.equal(aborted.last, '1 passed, 1 failed, 0 skipped');
  assert.equal(aborted.status, 1);
});

test('a failing suite counts its tests once', () => {
  write(
    'a',
    `describe('suite', () => { test('wrong', () => assert.fail('no')); test('right', () => {}); });`,
  );
  assert.equal(run().last, '1 passed, 1 failed, 0 skipped');
});

test('nothing to run is no success', () => {
  const { status, last } = run();
  assert.equal(last, '0 passed, 0 failed, 0 skipped');
  assert.equal(status, 1);
});
