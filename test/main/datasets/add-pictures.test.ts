import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import sharp from 'sharp';
import * as tar from 'tar';
import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import type { DatasetProgress } from '../../../src-main/datasets/progress.ts';
import { writeClasses, writePicture } from './picture-files.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { inMemory } from './in-memory.ts';

function folders(context: TestContext): { dataRoot: string; from: string } {
  const root = temporaryFolder(context);
  const from = path.join(root, 'pictures');
  fs.mkdirSync(from);
  return { dataRoot: path.join(root, 'data'), from };
}

test('a folder of classes: alphabetical, a fifth of each class for the test, every pixel as it was', async (context) => {
  const { dataRoot, from } = folders(context);
  await writeClasses(path.join(from, 'some', 'depth'), ['cat', 'ant', 'bee'], 10);
  fs.writeFileSync(path.join(from, 'some', 'depth', 'cat', '.DS_Store'), 'litter');
  fs.writeFileSync(path.join(from, 'README.txt'), 'no image');
  const progress: DatasetProgress[] = [];
  const description = await addDataset('mine', { dataRoot, from, onProgress: (step) => progress.push(step) });
  assert.deepEqual(description.classes, ['ant', 'bee', 'cat']);
  assert.deepEqual(description.shape, [6, 6, 3]);
  assert.deepEqual([description.trainingCount, description.testCount], [24, 6]);
  const dataset = openDataset(path.join(dataRoot, 'mine'));
  const seen: string[] = [];
  for (const part of [dataset.readTraining(), dataset.readTest()].map(inMemory)) {
    for (let index = 0; index < part.count; index++) {
      const pixels = part.images.subarray(index * 108, index * 108 + 108);
      // cat, ant, bee were drawn with red 0, 40, 80.
      assert.equal(pixels[0], [40, 80, 0][part.labels[index] ?? -1]);
      assert.ok(pixels.every((value, at) => value === pixels[at % 3]));
      seen.push(`${part.labels[index]} ${pixels[1]}`);
    }
  }
  assert.equal(new Set(seen).size, 30);
  for (const label of [0, 1, 2])
    assert.equal([...dataset.readTest().labels].filter((l) => l === label).length, 2);
  const imported = progress.filter(({ phase }) => phase === 'import').at(-1);
  assert.equal(imported?.done, imported?.total);
});

test('a tar, compressed or not, gives the same hash as the folder', async (context) => {
  const { dataRoot, from } = folders(context);
  await writeClasses(path.join(from, 'train'), ['x', 'y'], 3);
  await writeClasses(path.join(from, 'test'), ['y', 'x'], 2);
  const plain = path.join(dataRoot, '..', 'p.tar');
  const zipped = path.join(dataRoot, '..', 'p.tar.gz');
  await tar.create({ file: plain, cwd: from }, ['test', 'train']);
  await tar.create({ file: zipped, cwd: path.dirname(from), gzip: true }, ['pictures']);
  const hashes = new Set<string>();
  for (const source of [from, plain, zipped]) {
    const { hash, trainingCount, testCount } = await addDataset('mine', { dataRoot, from: source });
    assert.deepEqual([trainingCount, testCount], [6, 4]);
    hashes.add(hash);
  }
  assert.equal(hashes.size, 1);
});

test('grey images make one channel, a coloured one among them three', async (context) => {
  const { dataRoot, from } = folders(context);
  await writeClasses(from, ['a', 'b'], 2, { color: 77 });
  assert.deepEqual((await addDataset('grey', { dataRoot, from })).shape, [6, 6, 1]);
  await writePicture(path.join(from, 'a', 'z.png'));
  assert.deepEqual((await addDataset('mixed', { dataRoot, from })).shape, [6, 6, 3]);
  const part = inMemory(openDataset(path.join(dataRoot, 'mixed')).readTraining());
  const grey = Array.from({ length: part.count }, (_, index) => [
    ...part.images.slice(index * 108, index * 108 + 3),
  ]);
  assert.ok(grey.some((pixel) => pixel.join() === '77,77,77'));
});

test('--size takes the centred square; JPEG, WebP, 16 bits, transparency and EXIF turns are understood', async (context) => {
  const { dataRoot, from } = folders(context);
  // Left and right thirds white, the middle third black.
  const wide = Buffer.from(
    Array.from({ length: 30 * 10 }, (_, at) => (at % 30 < 10 || at % 30 >= 20 ? 255 : 0)),
  );
  const middle = sharp(wide, { raw: { width: 30, height: 10, channels: 1 } }).toColourspace('b-w');
  for (const name of ['a', 'b']) fs.mkdirSync(path.join(from, name));
  for (let index = 0; index < 2; index++) {
    await middle
      .clone()
      .png()
      .toFile(path.join(from, 'a', `${index}.png`));
    await middle
      .clone()
      .webp({ lossless: true })
      .toFile(path.join(from, 'a', `${index}.webp`));
    await middle
      .clone()
      .jpeg({ quality: 100 })
      .toFile(path.join(from, 'a', `${index}.JPEG`));
    await middle
      .clone()
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .png()
      .toFile(path.join(from, 'a', `turned${index}.png`));
    await middle
      .clone()
      .toColourspace('grey16')
      .png()
      .toFile(path.join(from, 'a', `deep${index}.png`));
    const clear = { width: 8, height: 8, channels: 4 as const, background: { r: 9, g: 9, b: 9, alpha: 0 } };
    await sharp({ create: clear })
      .png()
      .toFile(path.join(from, 'b', `${index}.png`));
  }
  const description = await addDataset('mixed', { dataRoot, from, options: { size: 10 } });
  assert.deepEqual(description.shape, [10, 10, 1]);
  const { images, labels, count } = inMemory(openDataset(path.join(dataRoot, 'mixed')).readTraining());
  for (let index = 0; index < count; index++) {
    const image = images.slice(index * 100, index * 100 + 100);
    const wanted = labels[index] === 0 ? 0 : 255;
    // JPEG at quality 100 may be off by a few levels.
    assert.ok(
      image.every((value) => Math.abs(value - wanted) <= 4),
      `image ${index} of class ${labels[index]}`,
    );
  }
});

const MISTAKES: readonly [
  what: string,
  prepare: (from: string) => Promise<unknown>,
  message: RegExp,
  size?: number,
][] = [
  [
    'mixed sizes',
    async (from) => {
      await writeClasses(from, ['a', 'b'], 2);
      await writePicture(path.join(from, 'b', 'z.png'), { width: 7, height: 5 });
    },
    /mixed sizes, e\.g\. a\/0\.png \(6x6\) and b\/z\.png \(7x5\)\. Add --size N/,
  ],
  [
    'unreadable image',
    async (from) => {
      await writeClasses(from, ['a', 'b'], 2);
      fs.writeFileSync(path.join(from, 'a', '1.png'), 'this is no image');
    },
    /1 image cannot be read:\n {2}a\/1\.png: it does not start like an image file\n.*--skip-broken/,
  ],
  [
    'truncated image',
    async (from) => {
      await writeClasses(from, ['a', 'b'], 2);
      const noisy = sharp(Buffer.from(Array.from({ length: 12288 }, (_, i) => (i * 7919) % 251)), {
        raw: { width: 64, height: 64, channels: 3 },
      });
      fs.writeFileSync(path.join(from, 'b', '1.jpg'), (await noisy.jpeg().toBuffer()).subarray(0, 2000));
    },
    /b\/1\.jpg: premature end of JPEG image/,
    6,
  ],
  ['one class', (from) => writeClasses(path.join(from, 'all'), ['a'], 3), /only one class/],
  [
    'one class in train and test',
    async (from) => {
      await writeClasses(path.join(from, 'train'), ['a'], 3);
      await writeClasses(path.join(from, 'test'), ['a'], 3);
    },
    /only one class \("a"\)/,
  ],
  [
    'empty class',
    async (from) => {
      await writeClasses(from, ['a', 'b'], 2);
      fs.mkdirSync(path.join(from, 'c'));
    },
    /the class "c" has no readable images \(folder c\)/,
  ],
  [
    'class in the test part only',
    async (from) => {
      await writeClasses(path.join(from, 'train'), ['a', 'b'], 2);
      await writeClasses(path.join(from, 'test'), ['a', 'b', 'c'], 2);
    },
    /1 class has test images only \(c\)/,
  ],
  [
    'lone image',
    async (from) => {
      await writeClasses(from, ['a', 'b'], 2);
      await writePicture(path.join(from, 'c', '1.png'));
    },
    /the class "c" has only one image/,
  ],
  [
    'image outside',
    async (from) => {
      await writeClasses(from, ['a', 'b'], 2);
      await writePicture(path.join(from, 'cover.png'));
    },
    /the image cover\.png is not in a class/,
  ],
  ['no images', () => Promise.resolve(), /no images found/],
];

for (const [what, prepare, message, size] of MISTAKES) {
  test(`a mistake in a folder is told and leaves nothing: ${what}`, async (context) => {
    const { dataRoot, from } = folders(context);
    await prepare(from);
    await assert.rejects(addDataset('mine', { dataRoot, from, options: { size } }), {
      code: 'data-invalid',
      message,
    });
    assert.equal(fs.existsSync(dataRoot), false);
  });
}

test('damaged archives', async (context) => {
  const { dataRoot, from } = folders(context);
  await writeClasses(from, ['a', 'b'], 20);
  const archive = path.join(dataRoot, '..', 'p.tgz');
  await tar.create({ file: archive, cwd: from, gzip: true }, ['a', 'b']);
  const whole = fs.readFileSync(archive);
  const corrupt = Buffer.from(whole).fill(0xa5, whole.length >> 1, (whole.length >> 1) + 64);
  for (const bytes of [
    whole.subarray(0, whole.length >> 1),
    corrupt,
    Buffer.from('x'.repeat(2000)),
    Buffer.alloc(0),
  ]) {
    fs.writeFileSync(archive, bytes);
    await assert.rejects(addDataset('mine', { dataRoot, from: archive }), {
      code: 'data-invalid',
      message: /cannot read .*p\.tgz as a tar archive/,
    });
  }
  // cut anywhere, also where one picture ends and the next begins, it has lost pictures
  const plain = path.join(dataRoot, '..', 'p.tar');
  execFileSync('tar', ['-cf', plain, '-C', from, 'a', 'b']);
  const tarred = fs.readFileSync(plain);
  const end = tarred.findLastIndex((byte) => byte !== 0);
  for (const length of [end >> 1, ...[2, 1, 0].map((blocks) => 512 * (Math.ceil(end / 512) - blocks))]) {
    fs.writeFileSync(plain, tarred.subarray(0, length));
    await assert.rejects(addDataset('mine', { dataRoot, from: plain }), {
      code: 'data-invalid',
      message: /cannot read .*p\.tar as a tar archive/,
    });
  }
  await assert.rejects(addDataset('mine', { dataRoot, from: `${archive}x` }), { code: 'not-found' });
  assert.equal(fs.existsSync(dataRoot), false);
});

test('an archive that breaks, or whose reading is stopped, within a picture', async (context) => {
  const { dataRoot, from } = folders(context);
  fs.mkdirSync(path.join(from, 'a'), { recursive: true });
  fs.writeFileSync(path.join(from, 'a', '1.png'), crypto.randomBytes(1 << 20));
  const archive = path.join(dataRoot, '..', 'p.tgz');
  await tar.create({ file: archive, cwd: from, gzip: true }, ['a']);
  const controller = new AbortController();
  const stopped = new Error('stopped');
  const onProgress = (): void => {
    controller.abort(stopped);
  };
  await assert.rejects(
    addDataset('mine', { dataRoot, from: archive, signal: controller.signal, onProgress }),
    stopped,
  );
  const bytes = fs.readFileSync(archive);
  // Noise is stored as it is, in blocks with a length and its complement: overwriting all of the rest breaks one.
  fs.writeFileSync(archive, bytes.fill(0xa5, bytes.length >> 1));
  await assert.rejects(addDataset('mine', { dataRoot, from: archive }), {
    code: 'data-invalid',
    message: /cannot read .*p\.tgz as a tar archive/,
  });
  assert.equal(fs.existsSync(dataRoot), false);
});

test('an interrupted addition leaves what was there', async (context) => {
  const { dataRoot, from } = folders(context);
  await writeClasses(from, ['a', 'b'], 5);
  const before = await addDataset('mine', { dataRoot, from });
  await writeClasses(from, ['c'], 5);
  const controller = new AbortController();
  const stopped = new Error('stopped');
  const onProgress = ({ phase }: DatasetProgress): void => {
    if (phase === 'import') controller.abort(stopped);
  };
  await assert.rejects(
    addDataset('mine', { dataRoot, from, signal: controller.signal, onProgress }),
    stopped,
  );
  assert.deepEqual(fs.readdirSync(dataRoot), ['mine']);
  assert.deepEqual(await addDataset('mine', { dataRoot }), before);
});

test('names and sizes that cannot be', async (context) => {
  const { dataRoot, from } = folders(context);
  await assert.rejects(addDataset('nonsense', { dataRoot }), {
    code: 'not-found',
    message: /Available: shapes \(built in\), cifar10, cifar100, mnist, fashion-mnist, kmnist/,
  });
  await assert.rejects(addDataset('a/b', { dataRoot, from }), { code: 'usage' });
  await assert.rejects(addDataset('shapes', { dataRoot, from }), { code: 'usage' });
  await assert.rejects(addDataset('mine', { dataRoot, from, options: { size: 0 } }), {
    code: 'usage',
    message: /^--size: /,
  });
  await assert.rejects(addDataset('cifar10', { dataRoot, options: { size: 16, skipBroken: true } }), {
    code: 'usage',
    message: /^--size 16 --skip-broken applies only to .*--from/,
  });
  await assert.rejects(addDataset('mine', { dataRoot, from, options: { parts: 'none', test: 'val' } }), {
    code: 'usage',
    message: /^--test val: --parts none/,
  });
});
