import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Parser } from 'tar';
import { datasetName } from '../../../src-renderer/datasets/dataset-name.ts';
import { packFiles, singleFile } from '../../../src-renderer/datasets/packed-files.ts';

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
    contents.map(([path, content]) => ({ path, file: new Blob([content]) })),
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
  const gone = new Blob(['x']);
  gone.slice = () =>
    ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) as unknown as Blob;
  const packed = packFiles('all.tar', [{ path: 'cats/1.png', file: gone }]);
  await assert.rejects(packed.read(0, packed.bytes), { message: /^cats\/1\.png can no longer be read/ });
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
