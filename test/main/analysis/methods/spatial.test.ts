import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeMethod } from '../../../../src-main/analysis/methods/probe/index.ts';
import { spatialMethod } from '../../../../src-main/analysis/methods/spatial/index.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { smallSubject, unevenWeights } from '../small-subject.ts';
import { threeConvolutions } from '../three-convolutions.ts';

const [SIDE, CLASSES] = [5, 2];

test('the gap is what the places alone tell, with the interval of the paired differences', async () => {
  const graph = threeConvolutions(SIDE, CLASSES);
  // as much light in either class, on the left or on the right
  const subject = smallSubject(graph, unevenWeights(graph, 1), (pixels, label) => {
    for (const at of pixels.keys()) {
      const column = at % SIDE;
      const light = column === 2 ? 0 : column < 2 === (label === 0) ? 3 : -3;
      pixels[at] = 0.3 * (pixels[at] ?? NaN) + light;
    }
  });
  const results = await resultsOf(spatialMethod, subject, { images: 120 });
  const averaged = await resultsOf(probeMethod, subject, { images: 120 });
  const input = subject.layers[0]?.name ?? '';
  assert.equal(valueOf(results, input, 'accuracy 4x4'), 1);
  const flat = valueOf(averaged, input, 'accuracy') ?? NaN;
  assert.ok(flat < 0.8, `${flat}`);
  const gap = results.find(({ layer, measure }) => layer === input && measure === 'gap');
  near(gap?.value, 1 - flat, 1e-12);
  // 24 held-out images, all right on the grid: scipy.stats.t.ppf(0.975, 23) standard errors of a share
  const half = 2.0686576104190486 * Math.sqrt(((1 - flat) * flat) / 23);
  near(gap?.interval?.[0], 1 - flat - half, 1e-9);
  near(gap?.interval?.[1], 1 - flat + half, 1e-9);
  for (const layer of ['c1', 'c2', 'c3'])
    near(
      valueOf(results, layer, 'gap'),
      (valueOf(results, layer, 'accuracy 4x4') ?? NaN) - (valueOf(averaged, layer, 'accuracy') ?? NaN),
      1e-12,
    );
});

test('the layer is marked from which on a unit sees more than the image, not as much', async () => {
  const subject = smallSubject(threeConvolutions(SIDE, CLASSES));
  const results = await resultsOf(spatialMethod, subject, { images: 20 });
  for (const [layer, field] of [
    ['c1', 3],
    ['c2', 5],
    ['c3', 7],
  ] as const)
    near(valueOf(results, layer, 'receptive field / image'), field / SIDE, 1e-12);
  const marked = results.filter(({ measure }) => measure === 'sees the whole image');
  assert.deepEqual(
    marked.map(({ layer, value }) => [layer, value]),
    [['c3', 1]],
  );
});
