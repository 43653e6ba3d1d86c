import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { listDatasets } from '../../../src-main/datasets/list-datasets.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import { showImages } from '../../../src-main/datasets/gallery.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { replacedPath, unfinishedPath } from '../../../src-main/files/unfinished-files.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { smallContent } from './small-content.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { inMemory } from './in-memory.ts';

test('what is written is what is read, and lies on disk as documented', (context) => {
  const root = temporaryFolder(context);
  const content = smallContent();
  const description = writePrepared(root, 'small', content);
  const dataset = openDataset(path.join(root, 'small'));
  assert.deepEqual(dataset.description, description);
  for (const [part, read] of [
    [content.training, inMemory(dataset.readTraining())],
    [content.test, inMemory(dataset.readTest())],
  ] as const) {
    assert.deepEqual([...read.images], [...part.images]);
    assert.deepEqual([...read.labels], [...part.labels]);
    assert.deepEqual(read.shape, part.shape);
  }
  dataset.verify();
  const bytes = fs.readFileSync(path.join(root, 'small', 'training.bin'));
  assert.equal(bytes.length, 30 * 2 + 30 * 4 * 5 * 3);
  assert.equal(bytes.readUInt16LE(2 * 7), 1);
  // The hash again, from the files and the words of the documentation.
  const hash = createHash('sha256')
    .update('{"classes":["a","b","c"],"shape":[4,5,3],"training":30,"test":9}')
    .update(bytes)
    .update(fs.readFileSync(path.join(root, 'small', 'test.bin')))
    .digest('hex');
  assert.equal(description.hash, hash);
});

test('writing again replaces, and clears or puts back what a killed process left', (context) => {
  const root = temporaryFolder(context);
  const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
  const ofDead = (file: string): string => file.replace(`-${process.pid}-`, `-${dead}-`);
  const place = path.join(root, 'small');
  writePrepared(root, 'small', smallContent());
  fs.renameSync(place, ofDead(replacedPath(place)));
  writePrepared(root, 'other', smallContent());
  assert.deepEqual(fs.readdirSync(root), ['other', 'small']);
  fs.rmSync(path.join(root, 'other'), { recursive: true });
  fs.mkdirSync(ofDead(unfinishedPath(place)));
  writePrepared(root, 'small', smallContent());
  writePrepared(root, 'small', { ...smallContent(), classes: ['x', 'y', 'z'] });
  assert.deepEqual(fs.readdirSync(root), ['small']);
  assert.deepEqual(openDataset(path.join(root, 'small')).description.classes, ['x', 'y', 'z']);
});

const DAMAGES: readonly [what: string, file: string, change: (bytes: Buffer) => Buffer, message: RegExp][] = [
  [
    'truncated',
    'training.bin',
    (b) => b.subarray(0, 1000),
    /training\.bin is truncated: expected 1860 bytes.*found 1000/,
  ],
  [
    'too long',
    'test.bin',
    (b) => Buffer.concat([b, b]),
    /test\.bin is too long: expected 558 bytes.*found 1116/,
  ],
  [
    'one bit',
    'test.bin',
    (b) => b.fill((b[99] ?? 0) ^ 1, 99, 100),
    /have changed since they were added \(their hash is \w+, dataset\.json says/,
  ],
  [
    'label',
    'training.bin',
    (b) => b.fill(7, 4, 5),
    /training\.bin: image 2 has label 7, but there are 3 classes/,
  ],
  ['no JSON', 'dataset.json', (b) => b.subarray(0, 50), /dataset\.json is not JSON/],
  ['wrong JSON', 'dataset.json', () => Buffer.from('{"format":2}'), /dataset\.json: .*format/],
];

for (const [what, file, change, message] of DAMAGES) {
  test(`a damaged folder is told: ${what}`, (context) => {
    const root = temporaryFolder(context);
    writePrepared(root, 'small', smallContent());
    const target = path.join(root, 'small', file);
    fs.writeFileSync(target, change(fs.readFileSync(target)));
    assert.throws(
      () => openDataset(path.join(root, 'small'))[what === 'label' ? 'readTraining' : 'verify'](),
      (error: unknown) =>
        error instanceof Problem && error.code === 'data-invalid' && message.test(error.message),
    );
  });
}

test('no part is handed out whose content is not what the hash says, whichever is read', (context) => {
  const root = temporaryFolder(context);
  writePrepared(root, 'small', smallContent());
  const folder = path.join(root, 'small');
  const opened = openDataset(folder);
  opened.readTraining();
  for (const file of ['training.bin', 'test.bin']) {
    const target = path.join(folder, file);
    const bytes = fs.readFileSync(target);
    // another label, of which there is one
    const other = bytes.readUInt16LE(0) === 0 ? 1 : 0;
    fs.writeFileSync(target, Buffer.concat([Buffer.from([other, 0]), bytes.subarray(2)]));
    const changed = { code: 'data-invalid', message: /have changed since they were added/ };
    assert.throws(() => openDataset(folder).readTraining(), changed, `training, ${file} changed`);
    assert.throws(() => openDataset(folder).readTest(), changed, `test, ${file} changed`);
    if (file === 'test.bin') assert.throws(() => opened.readTest(), changed);
    // what was read before is what it was: the test part that belongs to it is still that of the hash
    else assert.equal(opened.readTest().count, 9);
    fs.writeFileSync(target, bytes);
  }
});

test('no picture is shown of images that are not those that were added', async (context) => {
  const dataRoot = temporaryFolder(context);
  writePrepared(dataRoot, 'small', smallContent());
  const wanted = { part: 'training', label: 1, from: 8, count: 5 } as const;
  const asked = { dataRoot, name: 'small', wanted };
  const { total, images } = await showImages(asked);
  assert.deepEqual([total, images.map(({ image }) => image)], [10, [25, 28]]);
  await assert.rejects(showImages({ ...asked, wanted: { places: [{ part: 'test', image: 9 }] } }), {
    code: 'not-found',
  });
  const file = path.join(dataRoot, 'small', 'training.bin');
  fs.writeFileSync(file, fs.readFileSync(file).fill(1, 0, 2));
  await assert.rejects(showImages(asked), {
    code: 'data-invalid',
    message: /have changed since they were added/,
  });
});

test('missing files', (context) => {
  const root = temporaryFolder(context);
  assert.throws(() => openDataset(path.join(root, 'none')), { code: 'data-missing' });
  writePrepared(root, 'small', smallContent());
  fs.rmSync(path.join(root, 'small', 'test.bin'));
  assert.throws(() => openDataset(path.join(root, 'small')), /test\.bin is missing/);
});

test('the list shows built-in, prepared, damaged and known sets', (context) => {
  const root = temporaryFolder(context);
  writePrepared(root, 'small', smallContent());
  writePrepared(root, 'mnist', smallContent());
  fs.truncateSync(path.join(root, 'mnist', 'test.bin'), 3);
  const states = Object.fromEntries(listDatasets(root).map(({ name, state }) => [name, state]));
  assert.equal(states['shapes'], 'built-in');
  assert.equal(states['small'], 'prepared');
  assert.equal(states['mnist'], 'damaged');
  assert.equal(states['cifar10'], 'not added');
  const noteOf = (wanted: string) => listDatasets(root).find(({ name }) => name === wanted)?.note;
  assert.match(noteOf('cifar10') ?? '', /^CIFAR-10 .*; 170 MB to download$/);
  const small = listDatasets(root).find(({ name }) => name === 'small');
  assert.equal(small?.trainingCount, 30);
  assert.ok((small?.bytesOnDisk ?? 0) > 1860 + 558);
});
