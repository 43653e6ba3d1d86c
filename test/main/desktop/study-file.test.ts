import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { findStudyFile, readStudyFile } from '../../../src-main/desktop/study-file.ts';

test('the study file is found among the parameters of a start', () => {
  assert.equal(findStudyFile(['.', '--no-sandbox', 'a/b.yaml'], '/work'), path.resolve('/work', 'a/b.yaml'));
  assert.equal(findStudyFile(['/x/Study.YML'], '/work'), path.resolve('/x/Study.YML'));
  assert.equal(findStudyFile(['/app', '--file=a.yaml'], '/work'), null);
});

test('a study file is read; what is none says so', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kindling-study-'));
  try {
    const file = path.join(folder, 'a.yaml');
    writeFileSync(file, 'study: a\n');
    assert.deepEqual(readStudyFile(file), { name: 'a.yaml', text: 'study: a\n' });
    writeFileSync(file, Buffer.alloc(2 * 1024 * 1024, 'a'));
    assert.throws(() => readStudyFile(file), {
      name: 'Problem',
      code: 'study-invalid',
      message: /2097152 bytes/,
    });
    assert.throws(() => readStudyFile(folder + '/missing.yaml'), { name: 'Problem', code: 'not-found' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
