import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { readStudyFile } from '../../../src-main/studies/read-study-file.ts';
import { processorTime } from '../../processor-time.ts';

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'kindling-study-file-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a study file is read, in UTF-16 as well', (context) => {
  const file = path.join(temporaryFolder(context), 'a.yaml');
  writeFileSync(file, 'study: été\n');
  assert.deepEqual(readStudyFile(file), { name: 'a.yaml', text: 'study: été\n' });
  writeFileSync(file, '\uFEFFstudy: été\n', 'utf16le');
  assert.deepEqual(readStudyFile(file), { name: 'a.yaml', text: 'study: été\n' });
});

test('a pipe is read like a file', { skip: process.platform === 'win32' }, (context) => {
  const pipe = path.join(temporaryFolder(context), 'pipe');
  execFileSync('mkfifo', [pipe]);
  execFileSync('sh', ['-c', `(echo 'study: a' > "${pipe}") > /dev/null 2>&1 &`]);
  assert.equal(readStudyFile(pipe).text, 'study: a\n');
});

test('what is not a study file says so, and no more of it is read than one may have', (context) => {
  const folder = temporaryFolder(context);
  const large = path.join(folder, 'large.yaml');
  writeFileSync(large, '');
  truncateSync(large, 100 * 2 ** 20);
  const started = processorTime();
  assert.throws(() => readStudyFile(large), {
    name: 'Problem',
    code: 'study-invalid',
    message: /large\.yaml is not a study file: it has more than 1,048,576 bytes/,
  });
  assert(processorTime() - started < 1000);
  assert.throws(() => readStudyFile(folder), {
    code: 'not-found',
    message: /cannot be read: it is a folder/,
  });
  assert.throws(() => readStudyFile(path.join(folder, 'missing.yaml')), { code: 'not-found' });
});
