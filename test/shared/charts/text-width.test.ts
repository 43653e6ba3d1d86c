import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fittingText, textWidth, wrapText } from '../../../src-shared/charts/text-width.ts';

test('a text fits into the room that was made for it, whatever is added to that and taken away again (no. 4)', () => {
  const text = 'no test, n = 1';
  for (let margin = 1; margin < 200; margin += 0.7) {
    const room = textWidth(text, 10.2) + margin - margin;
    assert.equal(fittingText([text], 10.2, room), text);
    assert.deepEqual(wrapText(text, 10.2, room), [text]);
  }
  assert.match(fittingText([text], 10.2, textWidth(text, 10.2) - 1), /^no test.*…$/);
});
