import assert from 'node:assert/strict';
import { test } from 'node:test';
import LRU from 'zrender/lib/core/LRU.js';
import '../../../src-shared/charts/any-text.ts';

test('what ECharts remembers of a text is not what objects have by that name', () => {
  const widths = new LRU<number>(3);
  const texts = ['__proto__', 'constructor', 'toString', 'a', '__proto__'];
  for (const [width, text] of texts.entries()) {
    assert.equal(widths.get(text), undefined, text);
    widths.put(text, width);
    assert.equal(widths.get(text), width, text);
  }
  assert.equal(widths.len(), 3);
  const inherited: string[] = [];
  for (const name in {}) inherited.push(name);
  assert.deepEqual(inherited, []);
});
