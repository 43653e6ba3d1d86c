import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortedPlaces } from '../../../../src-main/analysis/measures/sorted-places.ts';
import { randomStream } from '../../../../src-shared/random.ts';

test('places are sorted as by a comparison: signs, equal numbers, both zeros, infinities, the least numbers', () => {
  const stream = randomStream(0, 'sorted places');
  const values = Float32Array.from({ length: 2000 }, (_, place) =>
    place % 3 === 0
      ? Math.round(4 * stream.uniform() - 2)
      : (stream.uniform() - 0.5) * 10 ** ((place % 70) - 40),
  );
  values.set([-0, 0, -0, Infinity, -Infinity, 1e-45, -1e-45, 3.4e38, -3.4e38], 100);
  const compared = Uint32Array.from(values.keys()).sort(
    (one, other) => (values[one] ?? NaN) - (values[other] ?? NaN) || one - other,
  );
  // two infinities of the same sign would have no difference; there is one of each
  assert.deepEqual(sortedPlaces(values), compared);
  assert.deepEqual([...sortedPlaces(new Float32Array())], []);
});
