import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  effectiveField,
  effectiveSize,
} from '../../../../src-main/analysis/methods/receptive-field/effective-field.ts';
import { cropTo, fieldGrids, fieldOf } from '../../../../src-main/analysis/pictures/field-window.ts';
import { withNetwork } from '../../../../src-main/analysis/pictures/picture-network.ts';
import {
  classPurity,
  layerMaxima,
  strongestImages,
} from '../../../../src-main/analysis/pictures/strongest-places.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { SIDE, squareIn, twoChannelNetwork } from './two-channel-network.ts';
import { noiseImages, unevenWeights } from './uneven-weights.ts';
import { imageSet } from '../small-subject.ts';

test('the effective field lies inside the theoretical one, and reaches its ends, in every layer', () => {
  const graph = graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 32);
  const count = 20;
  const set = imageSet(noiseImages(graph, count), new Uint16Array(count));
  const grids = fieldGrids(graph);
  return withNetwork({ graph, engine }, unevenWeights(graph), (network) => {
    let checked = 0;
    for (const layer of graph.layers) {
      const grid = grids.get(layer.name);
      const { output } = layer;
      if (layer.kind === 'input' || output[0] === 1 || grid === undefined || grid.size > 24) continue;
      const { top, left, size } = fieldOf(grid, Math.floor(output[0] / 2), Math.floor(output[1] / 2));
      const rows = new Set<number>();
      const columns = new Set<number>();
      for (const [at, value] of effectiveField(network, layer, set).entries()) {
        if (value === 0) continue;
        rows.add(Math.floor(at / 32));
        columns.add(at % 32);
      }
      const expected = (start: number): [number, number] => [
        Math.max(0, start),
        Math.min(31, start + size - 1),
      ];
      assert.deepEqual([Math.min(...rows), Math.max(...rows)], expected(top), layer.name);
      assert.deepEqual([Math.min(...columns), Math.max(...columns)], expected(left), layer.name);
      checked++;
    }
    assert.ok(checked > 5, `${checked} layers`);
    return Promise.resolve();
  });
});

test('the effective size is the side of a square of the pixels above 4.55 % of the highest', () => {
  assert.equal(effectiveSize(Float64Array.of(1, 0.05, 0.046, 0.5, 0.045, 0)), 2);
  assert.equal(effectiveSize(new Float64Array(9)), null);
});

test('the strongest images of a channel come first, each with the place where it answers', () => {
  const { graph, weights } = twoChannelNetwork();
  const bright = squareIn(0, 9, 2).map((value) => 2 * value);
  const pictures = [squareIn(0, 1, 4), squareIn(1, 0, 0), bright];
  const images = new Float32Array(3 * SIDE * SIDE * 3);
  for (const [image, values] of pictures.entries()) images.set(values, image * values.length);
  const set = imageSet(images, Uint16Array.of(0, 1, 1));
  return withNetwork({ graph, engine }, weights, async (network) => {
    const layers = graph.layers.filter(({ name }) => name === 'conv');
    const found = (await layerMaxima(network, set, layers, () => Promise.resolve())).get('conv');
    assert.ok(found);
    const strongest = strongestImages(found, 0, SIDE, 5);
    assert.deepEqual(strongest, [
      { image: 2, value: 2, row: 2, column: 9 },
      { image: 0, value: 1, row: 4, column: 1 },
    ]);
    assert.equal(classPurity(strongest, set.labels), 0.5);
    assert.equal(classPurity([], set.labels), null);
  });
});

test('a patch is cut out as it lies, grey beyond the border, and a field larger than the image shows it whole', () => {
  const picture = { width: 3, height: 2, pixels: Uint8Array.from({ length: 18 }, (_, i) => i) };
  assert.deepEqual(
    [...cropTo(picture, { top: 1, left: 2, size: 2 }).pixels],
    [15, 16, 17, ...Array<number>(9).fill(128)],
  );
  assert.deepEqual(cropTo(picture, { top: -4, left: -3, size: 9 }), picture);
});
