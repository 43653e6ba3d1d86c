import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockLength, fromBlock, toBlock } from '../../../src-shared/contract/block.ts';

const MESSAGES: readonly unknown[] = [
  null,
  'a text: ü, 日本, 🙂',
  { ok: true, result: { fileName: 'a.png', bytes: Uint8Array.of(0, 255, 10, 13) } },
  { pictures: [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)], number: 1.5, nothing: null },
  [[new Uint8Array(100_000).fill(7)], {}],
];

test('a message with bytes in it is the same after its travel as a block', () => {
  for (const message of MESSAGES) {
    const block = toBlock(message, true);
    assert.equal(blockLength(block), block.length);
    assert.deepEqual(fromBlock(block), message);
    // as a part of something larger, at an odd place
    const stream = new Uint8Array(block.length + 10);
    stream.set(block, 3);
    assert.deepEqual(fromBlock(stream.subarray(3, 3 + block.length)), message);
  }
});

test('the length of a block is known from its first eight bytes; what is no whole block is refused', () => {
  const block = toBlock(MESSAGES[2], true);
  assert.equal(blockLength(block.subarray(0, 7)), null);
  assert.equal(blockLength(block.subarray(0, 8)), block.length);
  for (const length of [0, 7, 8, block.length - 1])
    assert.throws(() => fromBlock(block.subarray(0, length)), /not a whole block/);
});

test('a message of which no bytes are expected is its JSON', () => {
  const message = { type: 'event', sequence: 1, text: 'ü' };
  assert.deepEqual(fromBlock(toBlock(message, false)), message);
});
