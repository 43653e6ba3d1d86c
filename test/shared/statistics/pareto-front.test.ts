import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CostAndValue, paretoFront } from '../../../src-shared/statistics/pareto-front.ts';

const point = (cost: number, value: number): CostAndValue => ({ cost, value });

test('beaten points are left out and the rest stand by cost', () => {
  const points = [point(3, 0.9), point(1, 0.5), point(2, 0.4), point(2, 0.7), point(3, 0.8), point(4, 0.9)];
  assert.deepEqual(paretoFront(points), [point(1, 0.5), point(2, 0.7), point(3, 0.9)]);
});

test('equal points all stay, NaN and an empty list do no harm', () => {
  assert.deepEqual(paretoFront([point(1, 1), point(1, 1)]), [point(1, 1), point(1, 1)]);
  assert.deepEqual(paretoFront([point(1, NaN), point(NaN, 1), point(2, 1)]), [point(2, 1)]);
  assert.deepEqual(paretoFront([]), []);
});

test('agrees with the definition on many points', () => {
  // A multiplicative generator on few values, so that ties are frequent.
  let state = 1;
  const next = (): number => (state = (state * 48271) % 2147483647) % 12;
  const points = Array.from({ length: 300 }, () => point(next(), next()));
  const beats = (a: CostAndValue, b: CostAndValue): boolean =>
    a.cost <= b.cost && a.value >= b.value && (a.cost < b.cost || a.value > b.value);
  const expected = points.filter((candidate) => !points.some((other) => beats(other, candidate)));
  assert.deepEqual(new Set(paretoFront(points)), new Set(expected));
});
