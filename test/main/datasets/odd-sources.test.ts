import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import zlib from 'node:zlib';
import sharp from 'sharp';
import * as tar from 'tar';
import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import type { DatasetDescription } from '../../../src-main/datasets/dataset.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import type { ImportOptions } from '../../../src-shared/datasets/import-options.ts';
import { writeClasses, writePicture } from './picture-files.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { inMemory } from './in-memory.ts';

interface Place {
  readonly from: string;
  readonly dataRoot: string;
  readonly add: (options?: ImportOptions, source?: string) => Promise<DatasetDescription>;
}

/** A folder with the classes cats and dogs, of five pictures each. */
async function place(context: TestContext): Promise<Place> {
  const root = temporaryFolder(context);
  const [from, dataRoot] = [path.join(root, 'pictures'), path.join(root, 'data')];
  await writeClasses(from, ['cats', 'dogs'], 5);
  const add = (options: ImportOptions = {}, source = from): Promise<DatasetDescription> =>
    addDataset('mine', { dataRoot, from: source, options });
  return { from, dataRoot, add };
}

function texts({ remarks }: DatasetDescription): string {
  return remarks.map(({ level, text }) => `${level}: ${text}`).join('\n');
}

function counts({ trainingCount, testCount }: DatasetDescription): number[] {
  return [trainingCount, testCount];
}

test('pictures are known by their content; what is passed over is counted and named', async (context) => {
  const { from, add } = await place(context);
  const picture = sharp({ create: { width: 6, height: 6, channels: 3, background: '#336699' } });
  const write = async (format: 'gif' | 'tiff' | 'avif' | 'jpeg' | 'webp', file: string): Promise<void> =>
    fs.writeFileSync(path.join(from, 'dogs', file), await picture.clone().toFormat(format).toBuffer());
  await write('gif', 'a.gif');
  await write('tiff', 'b.tif');
  await write('avif', 'c.avif');
  await write('jpeg', 'd.jfif');
  await write('jpeg', 'e.jpe');
  await write('webp', 'no extension');
  for (const name of ['1.bmp', '2.bmp', '3.BMP']) fs.writeFileSync(path.join(from, 'cats', name), 'BM......');
  fs.writeFileSync(path.join(from, 'cats', 'notes'), 'no image');
  fs.writeFileSync(path.join(from, 'labels.csv'), 'a,b');
  const added = await add();
  assert.deepEqual(counts(added), [13, 3]);
  const said = texts(added);
  assert.match(
    said,
    /warning: 3 files skipped because their format is not supported: 3 \.bmp \(e\.g\. cats\/1\.bmp\)\. Convert them to one of JPEG/,
  );
  assert.match(
    said,
    /note: 2 files skipped because they are not images: 1 without extension \(cats\/notes\), 1 \.csv \(labels\.csv\)/,
  );
});

test('links in a tar are what they link to, as in the folder', async (context) => {
  const { from, add } = await place(context);
  fs.linkSync(path.join(from, 'cats/3.png'), path.join(from, 'cats/0-link.png'));
  fs.linkSync(path.join(from, 'cats/3.png'), path.join(from, 'cats/9.png'));
  fs.symlinkSync('../dogs/2.png', path.join(from, 'dogs/soft.png'));
  const archive = `${from}.tar`;
  // the very archive of the report: files first, their links behind or before them
  execFileSync('tar', ['-cf', archive, '-C', from, 'cats', 'dogs']);
  const folder = await add();
  const packed = await add({}, archive);
  assert.equal(folder.trainingCount + folder.testCount, 13);
  assert.equal(packed.hash, folder.hash);
});

test('links that lead nowhere or back are passed over and said', async (context) => {
  const { from, add } = await place(context);
  fs.symlinkSync('loop.png', path.join(from, 'cats/loop.png'));
  fs.symlinkSync('nothing.png', path.join(from, 'cats/broken.png'));
  fs.symlinkSync('..', path.join(from, 'cats/again'));
  fs.symlinkSync('/', path.join(from, 'all'));
  const elsewhere = path.join(from, '..', 'elsewhere');
  await writeClasses(elsewhere, ['in'], 3);
  fs.symlinkSync(path.join(elsewhere, 'in'), path.join(from, 'birds'));
  const added = await add();
  assert.deepEqual([added.classes, added.trainingCount + added.testCount], [['birds', 'cats', 'dogs'], 13]);
  assert.match(
    texts(added),
    /warning: 4 links or files skipped: all leads back into the folder, cats\/again leads back into the folder, cats\/broken\.png leads nowhere, cats\/loop\.png leads to itself\./,
  );
});

test('all broken pictures are named at once, and may be left out', async (context) => {
  const { from, dataRoot, add } = await place(context);
  fs.writeFileSync(path.join(from, 'cats', 'a.png'), 'no image');
  fs.writeFileSync(path.join(from, 'dogs', 'b.png'), '');
  const whole = await sharp({ create: { width: 6, height: 6, channels: 3, background: '#369' } })
    .jpeg()
    .toBuffer();
  fs.writeFileSync(path.join(from, 'dogs', 'end.jpg'), whole.subarray(0, whole.length - 2));
  await assert.rejects(add(), {
    code: 'data-invalid',
    message: [
      'pictures: 3 images cannot be read:',
      '  cats/a.png: it does not start like an image file',
      '  dogs/b.png: it is empty',
      '  dogs/end.jpg: premature end of JPEG image',
      'Repair or remove them and add the data set again, or leave them out with --skip-broken.',
    ].join('\n'),
  });
  assert.equal(fs.existsSync(dataRoot), false);
  const without = await add({ skipBroken: true });
  assert.deepEqual(counts(without), [8, 2]);
  assert.deepEqual(without.options, { skipBroken: true });
  assert.match(
    texts(without),
    /warning: 3 images could not be read and were left out: cats\/a\.png \(it does not/,
  );
});

test('each of many broken pictures has its own reason, whatever is decoded at the same time', async (context) => {
  const { from, add } = await place(context);
  const picture = sharp({ create: { width: 40, height: 40, channels: 3, background: '#369' } });
  const [jpeg, png] = [await picture.clone().jpeg().toBuffer(), await picture.clone().png().toBuffer()];
  for (let index = 10; index < 30; index++) {
    fs.writeFileSync(path.join(from, 'cats', `${index}.jpg`), jpeg.subarray(0, jpeg.length - 2));
    fs.writeFileSync(path.join(from, 'dogs', `${index}.png`), png.subarray(0, png.length - 40));
  }
  await assert.rejects(add({ size: 6 }), ({ message }: Error) => {
    const reasons = (ending: string): string[] => [
      ...new Set(
        [...message.matchAll(new RegExp(`^ .*[.]${ending}: (.*)`, 'gm'))].map(([, reason]) => reason ?? ''),
      ),
    ];
    assert.match(message, /40 images cannot be read/);
    assert.deepEqual(reasons('jpg'), ['premature end of JPEG image']);
    assert.deepEqual(reasons('png'), ['libpng read error']);
    return true;
  });
});

test('what systems leave behind is passed over and said', async (context) => {
  const { from, add } = await place(context);
  const before = await add();
  for (const name of [
    '@eaDir',
    '$RECYCLE.BIN',
    '__MACOSX',
    '.ipynb_checkpoints',
    'System Volume Information',
  ])
    await writePicture(path.join(from, name, 'cats', '0.png'));
  for (const name of ['Thumbs.db', 'desktop.ini', '._0.png', 'cats/.DS_Store'])
    fs.writeFileSync(path.join(from, name), '');
  const archive = `${from}.tar`;
  await tar.create({ file: archive, cwd: from }, ['.']);
  for (const source of [from, archive]) {
    const added = await add({}, source);
    assert.equal(added.hash, before.hash);
    assert.match(texts(added), /note: 9 hidden or system files and folders skipped: /);
  }
});

test('archives that are not read are said to be so, with what to do', async (context) => {
  const { from, add } = await place(context);
  const beginnings = { bz2: 'BZh9', xz: '\xfd7zXZ\0\0\0', zip: 'PK\x03\x04' };
  for (const [extension, beginning] of Object.entries(beginnings)) {
    const archive = `${from}.tar.${extension}`;
    fs.writeFileSync(archive, Buffer.from(beginning.padEnd(600, '\0'), 'latin1'));
    await assert.rejects(add({}, archive), {
      code: 'data-invalid',
      message:
        /is packed with (bzip2|xz|zip), which is not supported .*\. Unpack it \((tar -xjf|tar -xJf|unzip) .* and give the folder\.$/,
    });
  }
  const plain = `${from}.tar`;
  await tar.create({ file: plain, cwd: from }, ['cats', 'dogs']);
  fs.writeFileSync(`${plain}.zst`, zlib.zstdCompressSync(fs.readFileSync(plain)));
  assert.equal((await add({}, `${plain}.zst`)).hash, (await add()).hash);
});

/** Grey pictures of 16 bits whose values lie from `least` to `most`. */
async function writeDeep(folder: string, least: number, most: number): Promise<void> {
  for (const [label, name] of ['a', 'b'].entries()) {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    for (let index = 0; index < 5; index++) {
      const values = Uint16Array.from(
        { length: 64 },
        (_, at) => least + Math.round(((most - least) * ((at + label + index) % 64)) / 63),
      );
      const picture = sharp(values, { raw: { width: 8, height: 8, channels: 1 } });
      fs.writeFileSync(
        path.join(folder, name, `${index}.png`),
        await picture.toColourspace('grey16').png().toBuffer(),
      );
    }
  }
}

test('12 bits in 16 are told, and stretched where that is wanted', async (context) => {
  const { from, dataRoot, add } = await place(context);
  const rays = path.join(from, '..', 'rays');
  await writeDeep(rays, 1000, 4000);
  const levels = (): number => {
    const { images } = inMemory(openDataset(path.join(dataRoot, 'mine')).readTraining());
    return new Set(images).size;
  };
  const narrow = await add({}, rays);
  assert.equal(levels(), 13);
  assert.match(
    texts(narrow),
    /warning: 10 images with 16 bits use only the values 1,000 to 4,000 of 65,535, which leaves 13 of 256 grey levels\. --stretch spreads/,
  );
  const wide = await add({ stretch: true }, rays);
  assert.equal(levels(), 64);
  const { images } = inMemory(openDataset(path.join(dataRoot, 'mine')).readTraining());
  assert.deepEqual([Math.min(...images), Math.max(...images)], [0, 255]);
  assert.match(texts(wide), /note: Values of the training images, 1,000 to 4,000 of 65,535, were stretched/);
  fs.rmSync(rays, { recursive: true });
  await writeDeep(rays, 0, 65_535);
  assert.doesNotMatch(texts(await add({}, rays)), /16 bits/);
});
