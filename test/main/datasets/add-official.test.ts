import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import { OFFICIAL_DATASETS } from '../../../src-main/datasets/catalogue.ts';
import {
  CIFAR100_LAYOUT,
  CIFAR10_LAYOUT,
  CifarReading,
} from '../../../src-main/datasets/readers/cifar-binary.ts';
import type { SourceFile } from '../../../src-main/datasets/import/source.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import { writeClasses } from './picture-files.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { inMemory } from './in-memory.ts';

const CIFAR10_NAMES = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');

/** Records as CIFAR's page describes them: label byte(s), then the planes; the pixel says where it is. */
function cifarFile(records: number, labelBytes: number, classes: number): Buffer {
  const bytes: number[] = [];
  for (let record = 0; record < records; record++) {
    if (labelBytes === 2) bytes.push(19);
    bytes.push(record % classes);
    for (let plane = 0; plane < 3; plane++)
      for (let at = 0; at < 1024; at++) bytes.push((record + plane * 80 + at) % 256);
  }
  return Buffer.from(bytes);
}

/** A file in memory, as a source has them. */
function sourceFile(name: string, content: Buffer): SourceFile {
  return {
    path: `any/where/${name}`,
    bytes: content.length,
    head: (bytes) => Promise.resolve(content.subarray(0, bytes)),
    all: () => Promise.resolve(content),
    pieces: () => Readable.from([content]) as AsyncIterable<Buffer>,
  };
}

test('CIFAR records: planes become channels, the last label byte counts', async (context) => {
  for (const [whole, labelBytes] of [
    [CIFAR10_LAYOUT, 1],
    [CIFAR100_LAYOUT, 2],
  ] as const) {
    const folder = temporaryFolder(context);
    const layout = { ...whole, trainingRecords: 12, testRecords: 5 };
    const reader = new CifarReading(layout, { folder, classes: [], source: 'there' });
    context.after(() => reader.close());
    const last = layout.test[0] ?? '';
    const damaged = cifarFile(5, labelBytes, layout.classes).fill(200, 0, labelBytes);
    await assert.rejects(
      reader.take(sourceFile(last, damaged)),
      /test(_batch)?\.bin has label 200 in record 0/,
    );
    assert.throws(() => reader.finish(), /is missing/);
    await reader.take(sourceFile(last, cifarFile(5, labelBytes, layout.classes)));
    // in whatever order they come
    for (const name of layout.training.toReversed())
      await reader.take(sourceFile(name, cifarFile(12, labelBytes, layout.classes)));
    const { trainingCount, testCount } = reader.finish();
    assert.deepEqual([trainingCount, testCount], [12 * layout.training.length, 5]);
    const test = fs.readFileSync(path.join(folder, 'test.bin'));
    assert.deepEqual([...new Uint16Array(test.buffer, test.byteOffset, 5)], [0, 1, 2, 3, 4]);
    // Image 3, row 2, column 7.
    assert.deepEqual([...test.subarray(10 + 3 * 3072 + 71 * 3).subarray(0, 3)], [74, 154, 234]);
    const training = fs.readFileSync(path.join(folder, 'training.bin'));
    assert.equal(training.length, trainingCount * (2 + 3072));
    const lastImage = training.subarray(training.length - 3072);
    assert.deepEqual([...lastImage.subarray(71 * 3, 71 * 3 + 3)], [82, 162, 242]);
  }
});

test('a CIFAR folder of the full size, then with a file too short and one missing', async (context) => {
  const root = temporaryFolder(context);
  const from = path.join(root, 'cifar-10-batches-bin');
  const dataRoot = path.join(root, 'data');
  fs.mkdirSync(from);
  const batch = Buffer.alloc(10_000 * 3073);
  for (let record = 0; record < 10_000; record++) batch.fill(record % 10, record * 3073, (record + 1) * 3073);
  for (const name of [...CIFAR10_LAYOUT.training, ...CIFAR10_LAYOUT.test])
    fs.writeFileSync(path.join(from, name), batch);
  const description = await addDataset('cifar10', { dataRoot, from: root });
  assert.deepEqual([description.trainingCount, description.testCount], [50_000, 10_000]);
  assert.equal(description.classes[9], 'truck');
  assert.ok(description.remarks.some(({ text }) => /checksums were not verified/.test(text)));
  const { images, labels } = inMemory(openDataset(path.join(dataRoot, 'cifar10')).readTest());
  assert.ok(images.subarray(0, 30_720).every((value, at) => value === labels[Math.floor(at / 3072)]));

  fs.truncateSync(path.join(from, 'data_batch_3.bin'), 3073 * 9999);
  await assert.rejects(addDataset('cifar10', { dataRoot, from }), {
    code: 'data-invalid',
    message: /data_batch_3\.bin has a wrong size: expected 30730000 bytes .* found 30726927/,
  });
  fs.renameSync(path.join(from, 'data_batch_1.bin'), path.join(from, 'data_batch_3.bin'));
  await assert.rejects(addDataset('cifar10', { dataRoot, from }), {
    message: /data_batch_1\.bin is missing/,
  });
  assert.deepEqual(fs.readdirSync(dataRoot), ['cifar10']);
});

function idx(sizes: readonly number[], values: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x0800 + sizes.length);
  for (const [index, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * index);
  return Buffer.concat([header, Buffer.from(values)]);
}

function writeIdx(folder: string): void {
  const values = Array.from({ length: 6 * 20 }, (_, at) => at);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'train-images-idx3-ubyte.gz'), zlib.gzipSync(idx([6, 4, 5], values)));
  fs.writeFileSync(
    path.join(folder, 'train-labels-idx1-ubyte.gz'),
    zlib.gzipSync(idx([6], [0, 1, 2, 0, 1, 2])),
  );
  fs.writeFileSync(path.join(folder, 't10k-images-idx3-ubyte'), idx([2, 4, 5], values.slice(0, 40)));
  fs.writeFileSync(path.join(folder, 't10k-labels-idx1-ubyte'), idx([2], [2, 1]));
}

test('IDX files, compressed or plain', async (context) => {
  const root = temporaryFolder(context);
  const from = path.join(root, 'digits');
  writeIdx(from);
  const description = await addDataset('digits', { dataRoot: path.join(root, 'data'), from });
  assert.deepEqual(description.shape, [4, 5, 1]);
  assert.deepEqual(description.classes, ['0', '1', '2']);
  const dataset = openDataset(path.join(root, 'data', 'digits'));
  assert.deepEqual(
    [...inMemory(dataset.readTraining()).images],
    Array.from({ length: 120 }, (_, at) => at),
  );
  assert.deepEqual([...dataset.readTest().labels], [2, 1]);
});

test('one IDX file stands for the four beside it, whatever else lies there', async (context) => {
  const root = temporaryFolder(context);
  const dataRoot = path.join(root, 'data');
  writeIdx(root);
  fs.mkdirSync(path.join(root, 'z'));
  fs.writeFileSync(path.join(root, 'z', 't10k-labels-idx1-ubyte'), 'of another set');
  fs.writeFileSync(path.join(root, 'broken.png'), 'no image');
  const whole = await addDataset('digits', { dataRoot, from: path.join(root, 'train-images-idx3-ubyte.gz') });
  assert.deepEqual([whole.trainingCount, whole.testCount], [6, 2]);
});

test('IDX labels that are all the same are one class only', async (context) => {
  const root = temporaryFolder(context);
  writeIdx(root);
  for (const [part, count] of [
    ['train', 6],
    ['t10k', 2],
  ] as const) {
    const name = fs.readdirSync(root).find((file) => file.startsWith(`${part}-labels`)) ?? '';
    fs.rmSync(path.join(root, name));
    const labels = idx([count], new Array<number>(count).fill(2));
    fs.writeFileSync(path.join(root, `${part}-labels-idx1-ubyte`), labels);
  }
  await assert.rejects(addDataset('digits', { dataRoot: path.join(root, 'data'), from: root }), {
    code: 'data-invalid',
    message: /only one class/,
  });
});

const IDX_DAMAGES: readonly [file: string, change: (bytes: Buffer) => Buffer, message: RegExp][] = [
  [
    'train-images-idx3-ubyte.gz',
    (b) => b.subarray(0, b.length - 20),
    /train-images-idx3-ubyte\.gz is truncated or corrupt/,
  ],
  [
    't10k-images-idx3-ubyte',
    (b) => b.subarray(0, 50),
    /t10k-images-idx3-ubyte has a wrong size: expected 56 bytes \(2x4x5\), found 50/,
  ],
  ['t10k-labels-idx1-ubyte', () => Buffer.from('nonsense!'), /does not start like an IDX file/],
  [
    't10k-labels-idx1-ubyte',
    () => idx([3], [0, 1, 2]),
    /contains 2 images, but t10k-labels-idx1-ubyte contains 3 labels/,
  ],
];

for (const [file, change, message] of IDX_DAMAGES) {
  test(`a damaged IDX file is told: ${message.source.slice(0, 50)}`, async (context) => {
    const root = temporaryFolder(context);
    writeIdx(root);
    fs.writeFileSync(path.join(root, file), change(fs.readFileSync(path.join(root, file))));
    const dataRoot = path.join(root, 'data');
    await assert.rejects(addDataset('digits', { dataRoot, from: root }), { code: 'data-invalid', message });
    assert.equal(fs.existsSync(dataRoot), false);
  });
}

test('a file by an official name must have the official checksum', async (context) => {
  const root = temporaryFolder(context);
  const from = path.join(root, 'files');
  writeIdx(from);
  const dataRoot = path.join(root, 'data');
  await assert.rejects(addDataset('mnist', { dataRoot, from }), {
    code: 'data-invalid',
    message: /train-(images|labels)-idx\d-ubyte\.gz: the checksum differs from the official file's/,
  });
  const archive = path.join(root, 'cifar-10-binary.tar.gz');
  fs.writeFileSync(archive, 'something else');
  await assert.rejects(addDataset('cifar10', { dataRoot, from: archive }), {
    message: /md5 expected c32a1d4ab5d03f1284b67883e8d87530/,
  });
});

test('what bears a known name must be what that is', async (context) => {
  const root = temporaryFolder(context);
  const from = path.join(root, 'digits');
  const dataRoot = path.join(root, 'data');
  writeIdx(from);
  // plain files, which bear none of the published names
  for (const name of fs.readdirSync(from).filter((file) => file.endsWith('.gz')))
    fs.writeFileSync(
      path.join(from, name.slice(0, -3)),
      zlib.gunzipSync(fs.readFileSync(path.join(from, name))),
    );
  for (const name of fs.readdirSync(from).filter((file) => file.endsWith('.gz')))
    fs.rmSync(path.join(from, name));
  await assert.rejects(addDataset('mnist', { dataRoot, from }), {
    code: 'data-invalid',
    message:
      /^mnist is 60,000 \+ 10,000 images of 28x28x1 in 10 classes, but .*digits has 6 \+ 2 images of 4x5x1\. Add it under another name/,
  });
  const pictures = path.join(root, 'pictures');
  await writeClasses(pictures, CIFAR10_NAMES, 2);
  await assert.rejects(addDataset('cifar10', { dataRoot, from: pictures }), {
    message: /^cifar10 is 50,000 \+ 10,000 images of 32x32x3 .* has 10 \+ 10 images of 6x6x3/,
  });
  assert.equal(fs.existsSync(dataRoot), false);
});

test('labels that no image has are said, and are classes if that is wanted', async (context) => {
  const root = temporaryFolder(context);
  const from = path.join(root, 'digits');
  const dataRoot = path.join(root, 'data');
  writeIdx(from);
  const train = path.join(from, 'train-labels-idx1-ubyte');
  fs.rmSync(`${train}.gz`);
  fs.writeFileSync(train, idx([6], [0, 50, 100, 0, 50, 100]));
  fs.writeFileSync(path.join(from, 't10k-labels-idx1-ubyte'), idx([2], [100, 50]));
  const found = await addDataset('gaps', { dataRoot, from });
  assert.deepEqual(found.classes, ['0', '50', '100']);
  assert.deepEqual([...openDataset(path.join(dataRoot, 'gaps')).readTest().labels], [2, 1]);
  const said = 'The labels 1 to 49, 51 to 99 do not occur: ';
  assert.ok(found.remarks.some(({ level, text }) => level === 'warning' && text.startsWith(said)));

  const all = await addDataset('gaps', { dataRoot, from, options: { allLabels: true } });
  assert.deepEqual([all.classes.length, all.classes[50]], [101, '50']);
  assert.deepEqual([...openDataset(path.join(dataRoot, 'gaps')).readTest().labels], [100, 50]);
  assert.ok(all.remarks.some(({ text }) => text.startsWith(said)));
  await assert.rejects(addDataset('gaps', { dataRoot, from, options: { size: 3 } }), {
    code: 'usage',
    message: '--size 3: not for IDX files; the images of digits are what they are',
  });
});

test('the catalogue is whole', () => {
  for (const { name, classes, files } of OFFICIAL_DATASETS) {
    assert.equal(new Set(classes).size, name === 'cifar100' ? 100 : 10, name);
    for (const { checksum } of files) assert.match(checksum.value, /^[0-9a-f]{32}$/);
  }
});
