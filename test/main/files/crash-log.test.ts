import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkCrashes } from '../../../src-main/doctor/check-crashes.ts';
import { crashLog, crashTimes, noteCrash } from '../../../src-main/files/crash-log.ts';

const home = mkdtempSync(path.join(tmpdir(), 'kindling-crashes-'));
after(() => rmSync(home, { recursive: true }));

test('crashes are noted in one file of bounded size, in which doctor finds them', () => {
  assert.equal(checkCrashes(home).state, 'ok');
  noteCrash(home, 'page', 'crashed, exit code 5');
  noteCrash(home, 'window', new Error('first line\n2020-01-01T00:00:00.000Z no entry of its own'));
  assert.match(
    readFileSync(crashLog(home), 'utf8'),
    /page: crashed.*\n.*window: Error: first line\n {2}2020/,
  );
  assert.equal(crashTimes(home).length, 2);
  const { state, message, remedy } = checkCrashes(home);
  assert.deepEqual([state, /^2 crashes of the window/.test(message)], ['warning', true]);
  assert.ok(remedy?.includes(crashLog(home)));

  for (let count = 0; count < 30; count++) noteCrash(home, 'window', 'x'.repeat(10_000));
  assert.ok(statSync(crashLog(home)).size <= 200_000);
  assert.match(readFileSync(crashLog(home), 'utf8'), /^\d{4}-\d\d-\d\dT/, 'it begins with an entry');
});
