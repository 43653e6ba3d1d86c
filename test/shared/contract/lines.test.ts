import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineReader, toLines } from '../../../src-shared/contract/lines.ts';
import type { Answer } from '../../../src-shared/contract/api/index.ts';

function read(text: string): Answer<unknown> {
  const reader = lineReader();
  for (const line of text.split('\n')) reader.take(line);
  return reader.answer();
}

test('an answer read line by line is the one that was sent, its lists in their order', () => {
  const runs = Array.from({ length: 1001 }, (_, id) => ({ id, note: id === 7 ? 'two\nlines' : '' }));
  const answer = { ok: true, result: { runs, cells: [{ id: 'only' }], classes: [], total: 1001 } } as const;
  const text = toLines(answer);
  assert.deepEqual(read(text), answer);
  const longest = Math.max(...text.split('\n').map((line) => line.length));
  assert.ok(longest < text.length / 4, `a line of ${longest} of ${text.length} letters`);
});

test('what is no table is one line', () => {
  const refusal = { ok: false, code: 'not-found', message: 'There is none.', mistakes: [] } as const;
  for (const answer of [refusal, { ok: true, result: null } as const]) {
    assert.equal(toLines(answer), JSON.stringify(answer));
    assert.deepEqual(read(toLines(answer)), answer);
  }
});
