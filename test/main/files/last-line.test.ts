import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lastLine } from '../../../src-main/files/last-line.ts';

test('the last line of a log, however long that is; none of an empty one, or where there is none', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-last-line-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'log');
  assert.equal(lastLine(file), null);
  for (const [text, line] of [
    ['', null],
    ['\n \n', null],
    ['first\nsecond\n\n', 'second'],
    [`${'long\n'.repeat(10_000)}last`, 'last'],
    ['x'.repeat(10_000), 'x'.repeat(500)],
  ] as const) {
    writeFileSync(file, text);
    assert.equal(lastLine(file), line);
  }
});
