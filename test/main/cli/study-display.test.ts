import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { studyDisplay } from '../../../src-main/cli/study/display.ts';

const MAIN = join(import.meta.dirname, '../../../src-main/cli/main.ts');
const hasTerminals = spawnSync('script', ['--version']).status === 0;

test('on a terminal, what is said last is shown and the cursor comes back', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const display = studyDisplay(stream as unknown as NodeJS.WriteStream);
  display.run({ id: 'a', label: 'sr 0.5', step: 1, totalSteps: 2, detail: '' });
  display.runEnded('a', 'FAILED: sr 0.5: for a reason');
  display.line('and so it ends');
  display.end();
  display.end();
  const shown = String(stream.read());
  assert.match(shown, /FAILED: sr 0\.5: for a reason\n.*and so it ends\n/s);
  assert.ok(shown.lastIndexOf('\x1B[?25h') > shown.lastIndexOf('\x1B[?25l'));
});

test(
  'on a terminal, a study file that cannot be read ends the program',
  { skip: hasTerminals ? false : 'no `script` to make a terminal with' },
  () => {
    const line = `'${process.execPath}' '${MAIN}' study run /nowhere/study.yaml`;
    const { status, stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    assert.equal(status, 1);
    assert.match(stdout, /nowhere\/study\.yaml cannot be read/);
  },
);
