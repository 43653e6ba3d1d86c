import assert from 'node:assert/strict';
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Parser } from 'tar';
import { datasetName } from '../../../src-renderer/datasets/dataset-name.ts';
import { packFiles, type PlacedFile, singleFile } from '../../../src-renderer/datasets/packed-files.ts';

function placed(path: string, file: Blob): PlacedFile {
  return { path, file, bytes: file.size };
}

/** Reads it in pieces of so many bytes. */
async function inPieces(packed: ReturnType<typeof packFiles>, size: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < packed.bytes; at += size) pieces.push(await packed.read(at, at + size));
  return Buffer.concat(pieces);
}

test('what is packed is a tar that another program reads, in pieces of any size', async () => {
  const long = `${'ä'.repeat(120)}/${'x'.repeat(200)}.png`;
  const contents: readonly (readonly [path: string, content: string])[] = [
    ['pets/cats/1.png', 'a cat'],
    ['pets/dogs/empty.png', ''],
    ['pets/dogs/block.png', 'd'.repeat(512)],
    [`pets/${long}`, 'far down'],
  ];
  const packed = packFiles(
    'pets.tar',
    contents.map(([place, content]) => placed(place, new Blob([content]))),
  );
  const whole = await inPieces(packed, packed.bytes);
  assert.equal(whole.length, packed.bytes);
  for (const size of [7, 511, 1000]) assert(whole.equals(await inPieces(packed, size)), `pieces of ${size}`);
  const found: [string, string][] = [];
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      const parts: Buffer[] = [];
      entry.on('data', (part: Buffer) => parts.push(part));
      entry.on('end', () => found.push([entry.path, Buffer.concat(parts).toString()]));
    },
  });
  await new Promise<void>((resolve) => {
    parser.on('end', resolve);
    parser.end(whole);
  });
  assert.deepEqual(found, contents);
});

test('a single file goes as it is, and one that cannot be read any more is named', async () => {
  assert.equal((await inPieces(singleFile('a.tar', new Blob(['abcdef'])), 4)).toString(), 'abcdef');
  const folder = mkdtempSync(path.join(tmpdir(), 'kindling-packed-'));
  try {
    const paths = ['cats/1.png', 'cats/2.png', 'cats/3.png'];
    const files = paths.map((_, index) => path.join(folder, `${index}.png`));
    for (const file of files) writeFileSync(file, 'x'.repeat(100));
    const blobs = await Promise.all(files.map((file) => openAsBlob(file)));
    const packed = packFiles(
      'all.tar',
      blobs.map((blob, index) => placed(paths[index] ?? '', blob)),
    );
    assert.equal((await packed.read(0, packed.bytes)).length, packed.bytes);
    writeFileSync(files[1] ?? '', 'longer'.repeat(100));
    await assert.rejects(packed.read(0, packed.bytes), { message: /^cats\/2\.png can no longer be read/ });
    // of another size than it was when it was listed
    const grown = packFiles('all.tar', [{ path: 'dogs/1.png', file: new Blob(['abc']), bytes: 2 }]);
    await assert.rejects(grown.read(0, grown.bytes), { message: /^dogs\/1\.png can no longer be read/ });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a data set is called as its file, in letters that it may have', () => {
  for (const [file, name] of [
    ['Oxford Pets (small).tar.gz', 'oxford-pets-small'],
    ['.hidden', 'hidden'],
    ['cifar-10-binary.tar.gz', 'cifar-10-binary'],
    ['日本', ''],
    ['x'.repeat(100), 'x'.repeat(64)],
  ] as const)
    assert.equal(datasetName(file), name);
});
