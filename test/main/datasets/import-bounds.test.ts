import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import zlib from 'node:zlib';
import sharp from 'sharp';
import type { ImportOptions } from '../../../src-shared/datasets/import-options.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What the program itself takes, with the image library, before it reads anything. */
const PROGRAM = 150;

interface Outcome {
  readonly said: string;
  /** The most memory that the import had. */
  readonly megabytes: number;
}

/** Imports in a process of its own. */
function measured(root: string, from: string, options: ImportOptions = {}): Outcome {
  const program = path.join(import.meta.dirname, 'measured-import.ts');
  const parameters = [program, path.join(root, 'data'), from, JSON.stringify(options)];
  return JSON.parse(execFileSync(process.execPath, parameters, { encoding: 'utf8' })) as Outcome;
}

/** A photo of so many pixels, in few bytes. */
async function photo(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#886644' } })
    .jpeg()
    .toBuffer();
}

function writeAll(root: string, files: Readonly<Record<string, Buffer>>): void {
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), content);
  }
}

test('photos of mixed sizes are told from their headers, and resampled within the memory that is allowed', async (context) => {
  const root = temporaryFolder(context);
  const from = path.join(root, 'photos');
  const [wide, high] = [await photo(4000, 3000), await photo(3000, 4000)];
  for (let index = 0; index < 60; index++)
    writeAll(from, { [`cats/${index}.jpg`]: wide, [`dogs/${index}.jpg`]: index === 59 ? high : wide });
  const mixed = measured(root, from);
  assert.equal(
    mixed.said,
    'photos: the images have mixed sizes, e.g. cats/0.jpg (4000x3000) and dogs/59.jpg (3000x4000). Add --size N to bring them all to N x N.',
  );
  assert.ok(mixed.megabytes < PROGRAM, `${mixed.megabytes} MB`);
  // the last one is another picture of the same content; a photo takes 76 MB
  const resampled = measured(root, from, { size: 16, memory: 0.2 });
  assert.equal(resampled.said, '96 + 24');
  assert.ok(resampled.megabytes < PROGRAM + 0.2 * 1074, `${resampled.megabytes} MB`);
});

/** A PNG of one bit a pixel, all black. */
function blackPng(side: number): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    checksum.writeUInt32BE(zlib.crc32(named));
    return Buffer.concat([length, named, checksum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[chunk('IHDR', header), chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0))],
  ]);
}

test('a small file with very many pixels is refused before they are decoded, unless that is allowed', (context) => {
  const root = temporaryFolder(context);
  const from = path.join(root, 'bombs');
  const picture = blackPng(16_000);
  assert.ok(picture.length < 40_000);
  for (const name of ['a', 'b']) writeAll(from, { [`${name}/0.png`]: picture, [`${name}/1.png`]: picture });
  const refused = measured(root, from, { size: 8 });
  assert.match(
    refused.said,
    /4 images take more memory to read than the limit of 1\.0 GiB, e\.g\. a\/0\.png \(16000x16000 pixels, 1\.5 GiB\)\. .*--memory 2/,
  );
  assert.ok(refused.megabytes < PROGRAM, `${refused.megabytes} MB`);
});

/** 256 MiB of zeros behind a beginning, compressed to 0.3 MB. */
function compressed(beginning: Buffer): Buffer {
  const zeros = zlib.gzipSync(Buffer.alloc(1 << 26));
  return Buffer.concat([zlib.gzipSync(beginning), ...new Array<Buffer>(4).fill(zeros)]);
}

test('what is unpacked is counted as it comes, and never held', (context) => {
  const root = temporaryFolder(context);
  const idx = (sizes: readonly number[], values: Buffer): Buffer => {
    const header = Buffer.alloc(4 + 4 * sizes.length);
    header.writeUInt32BE(0x0800 + sizes.length);
    for (const [index, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * index);
    return Buffer.concat([header, values]);
  };
  const digits = path.join(root, 'digits');
  writeAll(digits, {
    'train-images-idx3-ubyte.gz': compressed(idx([2, 4, 4], Buffer.alloc(0))),
    'train-labels-idx1-ubyte': idx([2], Buffer.from([0, 1])),
    't10k-images-idx3-ubyte': idx([2, 4, 4], Buffer.alloc(32)),
    't10k-labels-idx1-ubyte': compressed(idx([2], Buffer.alloc(0))),
  });
  const counted = measured(root, digits);
  assert.match(counted.said, /has a wrong size: expected \d+ bytes \(.*\), found more/);
  assert.ok(counted.megabytes < PROGRAM, `${counted.megabytes} MB`);

  // a tar whose only picture has 256 MiB less the end mark, and one of zeros
  const header = Buffer.alloc(512);
  header.write('a/0.png', 0);
  header.write('0000644', 100);
  header.write((4 * 2 ** 26 - 1024).toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(' '.repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  for (const [beginning, said] of [
    [Buffer.concat([header, Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')]), /only one class/],
    [Buffer.alloc(512), /Unrecognized archive format/],
  ] as const) {
    const archive = path.join(root, 'bomb.tar.gz');
    fs.writeFileSync(archive, compressed(beginning));
    const outcome = measured(root, archive, { memory: 0.1 });
    assert.match(outcome.said, said);
    assert.ok(outcome.megabytes < PROGRAM + 50, `${outcome.megabytes} MB`);
  }
});
