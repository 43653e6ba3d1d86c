import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  effectiveField,
  effectiveSize,
} from '../../../../src-main/analysis/methods/receptive-field/effective-field.ts';
import { cropTo, fieldGrids, fieldOf } from '../../../../src-main/analysis/pictures/field-window.ts';
import { withNetwork } from '../../../../src-main/analysis/pictures/picture-network.ts';
import { findStrongest } from '../../../../src-main/analysis/pictures/find-strongest.ts';
import { classPurity, StrongestImages } from '../../../../src-main/analysis/pictures/strongest-images.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { SIDE, squareIn, twoChannelNetwork } from './two-channel-network.ts';
import { noiseImages, unevenWeights } from './uneven-weights.ts';
import { imageSet } from '../small-subject.ts';

const pause = (): Promise<void> => Promise.resolve();

test('the effective field lies inside the theoretical one, and reaches its ends, in every layer', () => {
  const graph = graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 32);
  const count = 20;
  const set = imageSet(noiseImages(graph, count), new Uint16Array(count));
  const grids = fieldGrids(graph);
  return withNetwork({ graph, engine }, unevenWeights(graph), async (network) => {
    let checked = 0;
    for (const layer of graph.layers) {
      const grid = grids.get(layer.name);
      const { output } = layer;
      if (layer.kind === 'input' || output[0] === 1 || grid === undefined || grid.size > 24) continue;
      const { top, left, size } = fieldOf(grid, Math.floor(output[0] / 2), Math.floor(output[1] / 2));
      const rows = new Set<number>();
      const columns = new Set<number>();
      for (const [at, value] of (await effectiveField(network, layer, set, pause)).entries()) {
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
  });
});

test('the effective size is the side of a square of the pixels above 4.55 % of the highest', () => {
  assert.equal(effectiveSize(Float64Array.of(1, 0.05, 0.046, 0.5, 0.045, 0)), 2);
  assert.equal(effectiveSize(new Float64Array(9)), null);
});

test('the strongest images of a channel come first, each with the place where it answers', async () => {
  const { graph, weights } = twoChannelNetwork();
  const bright = squareIn(0, 9, 2).map((value) => 2 * value);
  const pictures = [squareIn(0, 1, 4), squareIn(1, 0, 0), bright];
  const images = new Float32Array(3 * SIDE * SIDE * 3);
  for (const [image, values] of pictures.entries()) images.set(values, image * values.length);
  const set = imageSet(images, Uint16Array.of(0, 1, 1));
  const layers = graph.layers.filter(({ name }) => name === 'conv');
  const wanted = { weights, set, layers, top: 5, step: pause };
  const strongest = (await findStrongest({ graph, engine }, wanted)).get('conv')?.of(0);
  assert.deepEqual(strongest, [
    { image: 2, value: 2, row: 2, column: 9 },
    { image: 0, value: 1, row: 4, column: 1 },
  ]);
  assert.equal(classPurity(strongest, set.labels), 0.5);
  assert.equal(classPurity([], set.labels), null);
});

test('the strongest of many images are those of a sorted list, of equal ones the first', () => {
  const [channels, top] = [3, 4];
  const stream = randomStream(1, 'responses');
  // few values, so that many are equal; some below zero, some missing
  const values = Float32Array.from({ length: 60 * channels }, (_, at) =>
    at % 17 === 0 ? NaN : Math.round(6 * stream.uniform() - 2),
  );
  const places = values.map((_, at) => at % 35);
  const found = new StrongestImages([5, 7, channels], top);
  for (let image = 0; image < 60; image += 7) {
    const part = (all: Float32Array): Float32Array => all.subarray(image * channels, (image + 7) * channels);
    found.add(image, part(values), part(places));
  }
  for (let channel = 0; channel < channels; channel++)
    assert.deepEqual(
      found.of(channel),
      Array.from({ length: 60 }, (_, image) => {
        const at = image * channels + channel;
        return { image, value: values[at] ?? 0, row: Math.floor((at % 35) / 7), column: (at % 35) % 7 };
      })
        .filter(({ value }) => value > 0)
        .sort((a, b) => b.value - a.value || a.image - b.image)
        .slice(0, top),
    );
});

test('a patch is cut out as it lies, grey beyond the border, and a field larger than the image shows it whole', () => {
  const picture = { width: 3, height: 2, pixels: Uint8Array.from({ length: 18 }, (_, i) => i) };
  assert.deepEqual(
    [...cropTo(picture, { top: 1, left: 2, size: 2 }).pixels],
    [15, 16, 17, ...Array<number>(9).fill(128)],
  );
  assert.deepEqual(cropTo(picture, { top: -4, left: -3, size: 9 }), picture);
});
