import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import {
  filterDirection,
  filterNorms,
  normalizeFilters,
} from '../../../../src-main/analysis/methods/loss-landscape/filter-direction.ts';
import {
  gridCoordinates,
  planeNumbers,
} from '../../../../src-main/analysis/methods/loss-landscape/plane-numbers.ts';
import { planeLosses } from '../../../../src-main/analysis/methods/loss-landscape/plane-losses.ts';
import { scoreNetwork } from '../../../../src-main/analysis/lesions/score-network.ts';
import { runMethod } from '../../../../src-main/analysis/methods/registry.ts';
import { lossLandscapeMethod } from '../../../../src-main/analysis/methods/loss-landscape/index.ts';
import type { Subject, WeightValues } from '../../../../src-main/analysis/subject.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import { GraphBuilder } from '../../../../src-shared/networks/graph-builder.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { formulaValues } from '../formula-values.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { CONTROL, imageSet, smallSubject, unevenWeights } from '../small-subject.ts';

const expected = z
  .object({ coordinates: z.array(z.number()), losses: z.array(z.array(z.number())) })
  .parse(
    JSON.parse(
      fs.readFileSync(new URL('../../../fixtures/analysis/loss-landscape.json', import.meta.url), 'utf8'),
    ),
  );
const FEW = { images: 20, points: 5 };
const { operations } = engine;

async function ownLoss(subject: Subject): Promise<number> {
  const network = { graph: subject.graph, weights: subject.weights('last') };
  const set = subject.evaluationSet(FEW.images);
  const { intact } = await scoreNetwork(subject, network, set, [], CONTROL);
  return mean([...intact.losses]);
}

test('the loss on a plane is that of NumPy, batch norm with its moving statistics', async () => {
  const [side, inputs, filters, classes, count] = [6, 2, 4, 3, 9];
  const builder = new GraphBuilder('test', [side, side, inputs], classes);
  const padding = { top: 1, bottom: 1, left: 1, right: 1 };
  const place = { name: 'c', role: 'convolution' as const };
  builder.add('convolution', { ...place, filters, kernel: 3, padding, bias: false, batchNorm: true });
  builder.add('global average pool', { name: 'mean', role: 'pool' });
  builder.add('dense', { name: 'd', role: 'classifier', units: classes, activation: 'none' });
  const graph = builder.graph();
  const plus = (values: Float32Array, more: number): Float32Array => values.map((value) => value + more);
  const weights: WeightValues = new Map([
    ['c/kernel', formulaValues(9 * inputs * filters, 5)],
    ['c/gamma', plus(formulaValues(filters, 7), 1.5)],
    ['c/beta', formulaValues(filters, 11)],
    ['c/moving_mean', formulaValues(filters, 13)],
    ['c/moving_variance', plus(formulaValues(filters, 17), 1.5)],
    ['d/kernel', formulaValues(filters * classes, 19).map((value) => 3 * value)],
    ['d/bias', formulaValues(classes, 23)],
  ]);
  const direction = (ofKernel: number, ofDense: number): WeightValues =>
    normalizeFilters(graph, weights, (name, length) =>
      formulaValues(length, name === 'c/kernel' ? ofKernel : ofDense),
    );
  const set = imageSet(
    formulaValues(count * side * side * inputs, 3),
    Uint16Array.from({ length: count }, (_, image) => image % classes),
  );
  const directions = [direction(101, 103), direction(700, 400)] as const;
  const { coordinates } = expected;
  const { losses } = await planeLosses({ operations, graph, weights, directions, coordinates, set }, CONTROL);
  for (const [at, loss] of expected.losses.flat().entries()) near(losses[at], loss, 1e-5 * loss);
});

for (const [title, graph] of [
  ['SqueezeNet with batch norm', graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16)],
  ['MobileNet', graphOf({ family: 'mobilenet-v1', alpha: 0.125, stem: 'small' }, 16)],
] as const) {
  test(`${title}: a direction has each filter's length in the kernels, and nothing else`, () => {
    const weights = unevenWeights(graph, 1);
    const direction = filterDirection(graph, weights, 0, 0);
    const kernels = graph.layers.flatMap((layer) =>
      layer.weights
        .filter(({ kind }) => kind === 'kernel')
        .map(({ name }) => ({ name, filters: layer.output[2] })),
    );
    assert.deepEqual(
      [...direction.keys()],
      kernels.map(({ name }) => name),
    );
    for (const { name, filters } of kernels) {
      const lengths = filterNorms(weights.get(name) ?? new Float32Array(), filters);
      const found = filterNorms(direction.get(name) ?? new Float32Array(), filters);
      for (const [filter, length] of lengths.entries()) near(found[filter], length, 1e-5 * length);
    }
    const second = filterDirection(graph, weights, 0, 1);
    const [name = ''] = direction.keys();
    assert.notDeepEqual(second.get(name), direction.get(name));
  });

  test(`${title}: the centre is the network's own loss, to the bit`, async () => {
    const subject = smallSubject(graph);
    const results = await resultsOf(lossLandscapeMethod, subject, FEW);
    assert.equal(valueOf(results, null, 'loss'), await ownLoss(subject));
  });
}

test('directions of zero leave the loss as it is, everywhere', async () => {
  const graph = graphOf(TINY, 16);
  const subject = smallSubject(graph);
  const weights = subject.weights('last');
  const zero = new Map(
    [...filterDirection(graph, weights, 0, 0)].map(([name, { length }]) => [name, new Float32Array(length)]),
  );
  const set = subject.evaluationSet(FEW.images);
  const directions = [zero, zero] as const;
  const { losses } = await planeLosses(
    { operations, graph, weights, directions, coordinates: gridCoordinates(5, 1), set },
    CONTROL,
  );
  const own = await ownLoss(subject);
  assert.deepEqual(
    [...losses],
    Array.from({ length: 25 }, () => own),
  );
});

test('the same seed gives the same numbers and files, another seed another plane', async () => {
  const subject = smallSubject(graphOf(TINY, 16));
  const run = (seed: number) => runMethod(lossLandscapeMethod, subject, { ...FEW, seed }, CONTROL);
  const [first, again, other] = [await run(3), await run(3), await run(4)];
  assert.deepEqual(first, again);
  assert.notDeepEqual(first.files[1]?.bytes, other.files[1]?.bytes);
  assert.deepEqual(
    first.files.map(({ file, kind }) => [file, kind]),
    [
      ['network.png', 'picture'],
      ['network-losses.csv', 'array'],
    ],
  );
  const lines = Buffer.from(first.files[1]?.bytes ?? [])
    .toString()
    .trim()
    .split('\n');
  assert.equal(lines.length, 1 + 25);
  assert.equal(lines[0], 'first,second,trained,untrained');
  assert.match(lines[13] ?? '', /^0,0,/);
});

test('numbers of a plane: a bowl', () => {
  const coordinates = gridCoordinates(5, 1);
  assert.deepEqual(coordinates, [-1, -0.5, 0, 0.5, 1]);
  const losses = Float64Array.from(coordinates.flatMap((b) => coordinates.map((a) => 1 + a * a + b * b)));
  const found = planeNumbers(losses, coordinates, 7);
  // 1 + a^2 + b^2 is below 2 but for the border, below ln(7) = 1.95 the same, and 1.5 at most within a half
  assert.deepEqual(found, { loss: 1, low: 9 / 25, useful: 9 / 25, sharpness: 0.25 });
  assert.throws(() => lossLandscapeMethod.settings.parse({ points: 6 }), /odd/);
});
