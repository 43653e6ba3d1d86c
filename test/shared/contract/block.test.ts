import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBlock, putTogether, takeApart, toBlock } from '../../../src-shared/contract/block.ts';

const MESSAGES: readonly unknown[] = [
  null,
  'a text: ü, 日本, 🙂',
  { ok: true, result: { fileName: 'a.png', bytes: Uint8Array.of(0, 255, 10, 13) } },
  { pictures: [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)], number: 1.5, nothing: null },
  [[new Uint8Array(100_000).fill(7)], {}],
];

test('a message with bytes in it is the same after it was taken apart, or has travelled as a block', () => {
  for (const message of MESSAGES) {
    assert.deepEqual(putTogether(takeApart(message)), message);
    const block = toBlock(message);
    assert.deepEqual(fromBlock(block), message);
    // as a part of something larger, at an odd place
    const stream = new Uint8Array(block.length + 10);
    stream.set(block, 3);
    assert.deepEqual(fromBlock(stream.subarray(3, 3 + block.length)), message);
  }
});

test('what is no block is refused', () => {
  for (const length of [0, 3, 10]) assert.throws(() => fromBlock(toBlock(MESSAGES[2]).subarray(0, length)));
});
