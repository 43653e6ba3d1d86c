import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toLines } from '../../../src-shared/contract/lines.ts';
import { readLines } from '../../../src-renderer/connection/read-lines.ts';

const ANSWER = {
  ok: true,
  result: { runs: Array.from({ length: 450 }, (_, place) => ({ id: place, note: 'größer ✓' })), cells: [] },
} as const;

function inParts(bytes: Uint8Array<ArrayBuffer>, length: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const starts = Array.from({ length: Math.ceil(bytes.length / length) }, (_, part) => part * length);
  return ReadableStream.from(starts.map((start) => bytes.slice(start, start + length)));
}

test('an answer in lines is the same wherever it is cut, within a letter and at the end of a line too', async () => {
  const bytes = new TextEncoder().encode(toLines(ANSWER));
  const firstLine = bytes.indexOf('\n'.charCodeAt(0));
  for (const length of [7, firstLine, firstLine + 1, 1000, bytes.length])
    assert.deepEqual(await readLines(inParts(bytes, length)), ANSWER, `parts of ${length} bytes`);
});

test('an answer of one line, such as a refusal', async () => {
  const refusal = { ok: false, code: 'bug', message: 'no' } as const;
  assert.deepEqual(await readLines(inParts(new TextEncoder().encode(toLines(refusal)), 5)), refusal);
});
