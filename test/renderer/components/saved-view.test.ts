import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  partsOfView,
  savedName,
  shownName,
  viewToSave,
} from '../../../src-renderer/components/saved-view.ts';

test('a page lists its own views, by the names that they were given', () => {
  const saved = savedName('compare', 'a: b');
  assert.equal(shownName('compare', saved), 'a: b');
  assert.equal(shownName('runs', saved), null);
  assert.equal(shownName('layers', saved), null);
  assert.equal(shownName('runs', savedName('runs', 'a: b')), 'a: b');
});

test('a view gives the parts of the address that it was saved with, to its page only', () => {
  const view = viewToSave('compare', { study: 's', odd: ['a', 'b'], metric: 'seconds' });
  assert.deepEqual(partsOfView('compare', view), { study: 's', metric: 'seconds' });
  assert.equal(partsOfView('layers', view), null);
  assert.equal(partsOfView('runs', { filter: 'sr<1', columns: [] }), null);
});
