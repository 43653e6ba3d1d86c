import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runChanges } from '../../../../src-renderer/pages/figures/run-changes.ts';

test('runs that came and went, in whatever order', () => {
  assert.equal(runChanges(['a', 'b'], ['b', 'a']), null);
  assert.deepEqual(runChanges(['a', 'b'], ['b', 'c', 'd']), { came: ['c', 'd'], went: ['a'] });
});
