import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { weightTensors } from '../../../src-main/analysis/network-tensors.ts';
import { taylorImportances } from '../../../src-main/analysis/methods/taylor-importance/taylor-terms.ts';
import type { EvaluationSet, WeightValues } from '../../../src-main/analysis/subject.ts';
import { centreMoments } from '../../../src-main/analysis/weights/centre-moments.ts';
import { foldBatchNorm } from '../../../src-main/analysis/weights/fold-batch-norm.ts';
import { fitLinearMap } from '../../../src-main/analysis/weights/linear-map.ts';
import { GraphBuilder } from '../../../src-shared/networks/graph-builder.ts';
import { engine } from '../engine/test-engine.ts';
import { formulaValues } from './formula-values.ts';
import { near } from './run-method.ts';
import { CONTROL, imageSet, smallSubject } from './small-subject.ts';

const number = z.number();
const expected = z
  .object({
    explained: z.array(
      z.object({
        side: number,
        stride: number,
        padding: z.tuple([number, number, number, number]),
        explained: number,
      }),
    ),
    importances: z.array(z.object({ channels: z.array(number), whole: number })),
  })
  .parse(
    JSON.parse(
      fs.readFileSync(new URL('../../fixtures/analysis/torch-layers.json', import.meta.url), 'utf8'),
    ),
  );

function setOf(count: number, images: Float32Array, classes: number): EvaluationSet {
  return imageSet(
    images,
    Uint16Array.from({ length: count }, (_, image) => image % classes),
  );
}

for (const { side: extent, stride, padding: sides, explained } of expected.explained) {
  const [top, bottom, left, right] = sides;
  test(`what a 1x1 explains of a 3x3 is PyTorch’s and NumPy’s (stride ${stride}, padding ${sides})`, async () => {
    const [count, inputs, filters] = [130, 3, 4];
    const builder = new GraphBuilder('test', [extent, extent, inputs], 2);
    builder.add('convolution', {
      ...{ name: 'c', role: 'convolution', filters, kernel: 3, stride, bias: true, batchNorm: false },
      padding: { top, bottom, left, right },
    });
    builder.add('global average pool', { name: 'mean', role: 'pool' });
    builder.add('dense', { name: 'd', role: 'classifier', units: 2, activation: 'none' });
    const graph = builder.graph();
    const weights: WeightValues = new Map([
      ['c/kernel', formulaValues(9 * inputs * filters, 11)],
      ['c/bias', formulaValues(filters, 1)],
      ['d/kernel', formulaValues(filters * 2, 1)],
      ['d/bias', formulaValues(2, 1)],
    ]);
    const images = formulaValues(count * extent * extent * inputs, 5);
    const row = extent * inputs;
    for (const at of images.keys())
      if (at % (extent * row) >= row) images[at] = (images[at] ?? NaN) + (images[at - row] ?? NaN);
    const subject = smallSubject(graph, weights);
    const moments = await centreMoments(subject, { graph, weights }, setOf(count, images, 2), CONTROL);
    const found = moments.get('c');
    assert.ok(found);
    // pre-activations and their products are of 32 bits
    near(fitLinearMap(found, 1e-9).explained, explained, 1e-6);
  });
}

test('Taylor importance is PyTorch’s: squared by batches, of filters and of layers, batch norm folded in', async () => {
  const [extent, inputs, filters, classes, count] = [7, 2, 5, 3, 10];
  const builder = new GraphBuilder('test', [extent, extent, inputs], classes);
  const padding = { top: 1, bottom: 1, left: 1, right: 1 };
  const plain = { role: 'convolution', stride: 1 } as const;
  builder.add('convolution', {
    ...{ ...plain, name: 'c', filters, kernel: 3, stride: 2, padding, bias: false, batchNorm: true },
  });
  builder.add('depthwise', { ...plain, name: 'd', activation: 'relu' });
  builder.add('convolution', { ...plain, name: 'e', filters: 4, kernel: 1, bias: true, batchNorm: false });
  builder.add('global average pool', { name: 'mean', role: 'pool' });
  builder.add('dense', { name: 'f', role: 'classifier', units: classes, activation: 'none' });
  const norm = (name: string, start: number): [string, Float32Array][] => [
    [`${name}/gamma`, formulaValues(filters, start).map((value) => value + 1.5)],
    [`${name}/beta`, formulaValues(filters, start + 2)],
    [`${name}/moving_mean`, formulaValues(filters, start + 4)],
    [`${name}/moving_variance`, formulaValues(filters, start + 6).map((value) => value + 1.5)],
  ];
  const network = foldBatchNorm({
    graph: builder.graph(),
    weights: new Map([
      ['c/kernel', formulaValues(9 * inputs * filters, 7)],
      ...norm('c', 13),
      ['d/kernel', formulaValues(9 * filters, 29)],
      ...norm('d', 31),
      ['e/kernel', formulaValues(filters * 4, 41)],
      ['e/bias', formulaValues(4, 43)],
      ['f/kernel', formulaValues(4 * classes, 47).map((value) => 3 * value)],
      ['f/bias', new Float32Array(classes)],
    ]),
  });
  const weights = weightTensors(network.graph, network.weights);
  const found = await taylorImportances({
    ...{ operations: engine.operations, graph: network.graph, weights, batch: 4, ...CONTROL },
    set: setOf(count, formulaValues(count * extent * extent * inputs, 3), classes),
  });
  tf.dispose([...weights.values()]);
  assert.deepEqual(
    found.map(({ layer }) => layer.name),
    ['c', 'd', 'e'],
  );
  for (const [place, { channels, whole }] of expected.importances.entries()) {
    // sums of some thousand products of 32 bits, squared
    const tolerance = 1e-5 * Math.max(...channels);
    for (const [channel, value] of channels.entries())
      near(found[place]?.channels[channel], value, tolerance);
    near(found[place]?.whole, whole, tolerance);
  }
});
