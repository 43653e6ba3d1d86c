import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { textFile } from '../../../src-main/files/exported-file.ts';
import { packFiles } from '../../../src-main/exports/pack-files.ts';

const [runs, points] = [
  textFile('runs.csv', 'text/csv', 'id\n'),
  textFile('größe/points.csv', 'text/csv', 'run\n'),
];

test('several files are one archive with their folders, the same for the same files', () => {
  const archive = packFiles([runs, points], 'all.zip');
  assert.deepEqual([archive.fileName, archive.mediaType], ['all.zip', 'application/zip']);
  const texts = Object.entries(unzipSync(archive.bytes)).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString(),
  ]);
  assert.deepEqual(texts, [
    ['runs.csv', 'id\n'],
    ['größe/points.csv', 'run\n'],
  ]);
  assert.deepEqual(packFiles([runs, points], 'all.zip').bytes, archive.bytes);
});

test('a single file stays as it is, unless it belongs into a folder', () => {
  assert.equal(packFiles([runs], 'all.zip'), runs);
  assert.equal(packFiles([points], 'all.zip').fileName, 'all.zip');
});
