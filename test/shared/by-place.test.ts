import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPlace } from '../../src-shared/by-place.ts';

test('what has no place stands behind all that have one, in the order in which it came', () => {
  const rows = [
    { name: 'a' },
    { name: 'b', place: 2 },
    { name: 'c' },
    { name: 'd', place: 0 },
    { name: 'e', place: 2 },
  ];
  const sorted = rows.toSorted((one, other) => byPlace(one.place, other.place));
  assert.deepEqual(sorted.map(({ name }) => name).join(''), 'dbeac');
});
