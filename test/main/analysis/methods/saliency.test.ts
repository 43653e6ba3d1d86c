import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankCorrelation, ranksOf } from '../../../../src-main/analysis/measures/rank-correlation.ts';
import { SaliencyMaps } from '../../../../src-main/analysis/methods/saliency-randomization/saliency-maps.ts';
import { engine } from '../../engine/test-engine.ts';
import { SIDE, squareIn, twoChannelNetwork } from '../pictures/two-channel-network.ts';

const correlation = (a: Float32Array, b: Float32Array): number | null =>
  rankCorrelation(ranksOf(a), ranksOf(b));

test('correlation of ranks: 1 for any rising function, -1 for a falling one, shared ranks as in SciPy', () => {
  const values = Float32Array.of(3, 1, 4, 1.5, 9);
  assert.equal(correlation(values, values.map(Math.exp)), 1);
  assert.equal(
    correlation(
      values,
      values.map((value) => -value),
    ),
    -1,
  );
  // scipy.stats.spearmanr([1, 2, 2, 3, 5], [2, 1, 4, 4, 3]).statistic
  assert.ok(
    Math.abs(
      (correlation(Float32Array.of(1, 2, 2, 3, 5), Float32Array.of(2, 1, 4, 4, 3)) ?? NaN) -
        0.39473684210526316,
    ) < 1e-12,
  );
  assert.equal(correlation(Float32Array.of(1, 1, 1), Float32Array.of(1, 2, 3)), null);
  assert.equal(correlation(Float32Array.of(1, NaN, 1), Float32Array.of(1, 2, 3)), null);
});

test('maps with effects of the weights change with them', async () => {
  const { graph, weights } = twoChannelNetwork();
  const set = {
    count: 1,
    indices: new Uint32Array(1),
    images: squareIn(0, 4, 4, squareIn(1, 10, 10)),
    labels: new Uint16Array(1),
  };
  const crossed = new Map(weights).set('dense/kernel', Float32Array.of(0, 1, 1, 0));
  const options = { set, classes: [0], steps: 2, layer: 'conv', times: 2, pause: () => Promise.resolve() };
  const maps = new SaliencyMaps({ graph, engine }, options);
  const mapsOf = async (values: typeof weights): Promise<Float32Array[]> =>
    Array.from((await maps.with(values)).values(), ([map]) => {
      assert.ok(map?.length === SIDE ** 2);
      return map;
    });
  const [before, after] = [await mapsOf(weights), await mapsOf(crossed)];
  maps.close();
  const brightest = (map: Float32Array): number => map.indexOf(Math.max(...map));
  for (const map of before.slice(1)) assert.equal(brightest(map), 4 * SIDE + 4);
  for (const map of after.slice(1)) assert.equal(brightest(map), 10 * SIDE + 10);
});
