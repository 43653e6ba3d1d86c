import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { BitReader } from '../../../src-main/compression/bit-reader.ts';
import { BitWriter } from '../../../src-main/compression/bit-writer.ts';
import {
  canonicalWords,
  countSymbols,
  huffmanBits,
  huffmanLengths,
  readHuffman,
  writeHuffman,
} from '../../../src-main/compression/huffman-code.ts';

test("the textbook's code (Cormen et al., figure 16.4)", () => {
  const counts = Uint32Array.of(45, 13, 12, 16, 9, 5);
  assert.deepEqual([...huffmanLengths(counts)], [1, 3, 3, 3, 4, 4]);
  assert.equal(huffmanBits(counts), 224);
});

test('Fibonacci counts give the longest words', () => {
  assert.deepEqual([...huffmanLengths(Uint32Array.of(1, 1, 2, 3, 5, 8, 13))], [6, 6, 5, 4, 3, 2, 1]);
});

test('canonical words as in RFC 1951, section 3.2.2', () => {
  const words = canonicalWords(Uint8Array.of(3, 3, 3, 3, 3, 2, 4, 4));
  assert.deepEqual(words, [0b010, 0b011, 0b100, 0b101, 0b110, 0b00, 0b1110, 0b1111]);
});

test('no symbol, one symbol and absent symbols', () => {
  assert.deepEqual([...huffmanLengths(new Uint32Array(4))], [0, 0, 0, 0]);
  assert.deepEqual([...huffmanLengths(Uint32Array.of(0, 7, 0))], [0, 1, 0]);
  assert.deepEqual([...huffmanLengths(Uint32Array.of(0, 7, 0, 2))], [0, 1, 0, 1]);
});

test('what is written is read again, within one bit a symbol of the entropy', () => {
  for (let round = 0; round < 40; round++) {
    const stream = randomStream(round, 'huffman');
    const alphabet = 1 + stream.integer(256);
    const skew = 1 + 6 * stream.uniform();
    const symbols = Uint8Array.from({ length: stream.integer(500) }, () =>
      Math.floor(alphabet * stream.uniform() ** skew),
    );
    const counts = countSymbols(symbols, alphabet);
    const lengths = huffmanLengths(counts);
    const writer = new BitWriter();
    writeHuffman(writer, symbols, lengths);
    assert.equal(writer.bytes().length, Math.ceil(huffmanBits(counts) / 8));
    const reader = new BitReader(writer.bytes());
    assert.deepEqual(readHuffman(reader, symbols.length, lengths), symbols);
    assert.equal(reader.position, writer.bytes().length);
    const entropy = counts.reduce(
      (sum, count) => sum + (count === 0 ? 0 : count * Math.log2(symbols.length / count)),
      0,
    );
    assert.ok(huffmanBits(counts) >= entropy - 1e-6);
    assert.ok(huffmanBits(counts) <= entropy + symbols.length);
  }
});

test('bits that end early or are no word are a problem', () => {
  assert.throws(() => readHuffman(new BitReader(new Uint8Array()), 1, Uint8Array.of(1, 1)), /end too early/);
  assert.throws(
    () => readHuffman(new BitReader(Uint8Array.of(255)), 1, Uint8Array.of(2, 2)),
    /not a code word/,
  );
});
