import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankCorrelation } from '../../../../src-main/analysis/measures/rank-correlation.ts';
import { saliencyMaps } from '../../../../src-main/analysis/methods/saliency-randomization/saliency-maps.ts';
import { SALIENCY_METHODS } from '../../../../src-main/analysis/methods/saliency-randomization/saliency-method.ts';
import { withNetwork } from '../../../../src-main/analysis/pictures/picture-network.ts';
import { engine } from '../../engine/test-engine.ts';
import { SIDE, squareIn, twoChannelNetwork } from '../pictures/two-channel-network.ts';

test('correlation of ranks: 1 for any rising function, -1 for a falling one, shared ranks as in SciPy', () => {
  const values = Float32Array.of(3, 1, 4, 1.5, 9);
  assert.equal(rankCorrelation(values, values.map(Math.exp)), 1);
  assert.equal(
    rankCorrelation(
      values,
      values.map((value) => -value),
    ),
    -1,
  );
  // scipy.stats.spearmanr([1, 2, 2, 3, 5], [2, 1, 4, 4, 3]).statistic
  assert.ok(
    Math.abs(
      (rankCorrelation(Float32Array.of(1, 2, 2, 3, 5), Float32Array.of(2, 1, 4, 4, 3)) ?? NaN) -
        0.39473684210526316,
    ) < 1e-12,
  );
  assert.equal(rankCorrelation(Float32Array.of(1, 1, 1), Float32Array.of(1, 2, 3)), null);
  assert.equal(rankCorrelation(Float32Array.of(1, NaN, 1), Float32Array.of(1, 2, 3)), null);
});

test('maps with effects of the weights change with them', () => {
  const { graph, weights } = twoChannelNetwork();
  const set = {
    count: 1,
    indices: new Uint32Array(1),
    images: squareIn(0, 4, 4, squareIn(1, 10, 10)),
    labels: new Uint16Array(1),
  };
  const options = { classes: [0], steps: 2, layer: 'conv', pause: () => Promise.resolve() };
  const crossed = new Map(weights).set('dense/kernel', Float32Array.of(0, 1, 1, 0));
  const mapsOf = (values: typeof weights) =>
    withNetwork({ graph, engine }, values, async (network) => {
      const maps: Float32Array[] = [];
      for (const method of SALIENCY_METHODS) {
        const [map] = await saliencyMaps(method, network, set, options);
        assert.ok(map?.length === SIDE ** 2);
        maps.push(map);
      }
      return maps;
    });
  return Promise.all([mapsOf(weights), mapsOf(crossed)]).then(([before, after]) => {
    const brightest = (map: Float32Array): number => map.indexOf(Math.max(...map));
    for (const map of before.slice(1)) assert.equal(brightest(map), 4 * SIDE + 4);
    for (const map of after.slice(1)) assert.equal(brightest(map), 10 * SIDE + 10);
  });
});
