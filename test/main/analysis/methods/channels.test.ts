import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { channelEnergyMethod } from '../../../../src-main/analysis/methods/channel-energy/index.ts';
import { channelEntropyMethod } from '../../../../src-main/analysis/methods/channel-entropy/index.ts';
import { gradientProgram } from '../../../../src-main/analysis/methods/channel-energy/channel-weights.ts';
import { ReplayedPass } from '../../../../src-main/analysis/replayed-pass.ts';
import { importNetwork } from '../../../../src-main/network-files/import-network.ts';
import { networkImportSchema } from '../../../../src-shared/networks/import-options.ts';
import { salientParts, windowsOf } from '../../../../src-main/analysis/windows/saliency-maps.ts';
import { assertClose } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { TORCH_NETWORKS } from '../../network-files/torch-networks.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { smallSubject, unevenWeights } from '../small-subject.ts';
import { threeConvolutions } from '../three-convolutions.ts';

const graph = threeConvolutions(5, 2);

const FIXTURES = join(import.meta.dirname, '../../../fixtures');

/** What test/fixtures/analysis/channel-energy.py writes. */
const weightedEnergies = z
  .array(
    z.object({
      file: z.string(),
      gradients: z.enum(['guided', 'plain']),
      shares: z.record(z.string(), z.array(z.number())),
    }),
  )
  .parse(JSON.parse(readFileSync(join(FIXTURES, 'analysis/channel-energy.json'), 'utf8')));

test('the channel that is lighter in one class tells it, and another does not', async () => {
  // one grey channel of the input, whose average is the label but for some noise
  const subject = smallSubject(graph, unevenWeights(graph, 1), (pixels, label) => {
    for (const at of pixels.keys()) pixels[at] = 0.1 * (pixels[at] ?? NaN) + label;
  });
  const results = await resultsOf(channelEntropyMethod, subject, { images: 60, clusters: 2 });
  assert.equal(valueOf(results, 'input', 'cross-entropy', 0), 0);
  assert.equal(valueOf(results, 'input', 'plain cross-entropy', 0), 0);
  near(valueOf(results, 'input', 'forest cross-entropy', 0), 0, 0.05);
  const chance = results.find(({ layer, channel }) => layer === 'input' && channel === 0)?.baselines;
  assert.ok((chance?.['shuffled labels'] ?? 0) > 0.9);
  assert.equal(results.filter(({ layer }) => layer === 'c2').length, 3 * 8);
  const withoutForest = await resultsOf(channelEntropyMethod, subject, { images: 60, clusters: 2, trees: 0 });
  assert.deepEqual(
    withoutForest.map(({ layer, channel, measure, value }) => [layer, channel, measure, value]),
    results
      .filter(({ measure }) => measure !== 'forest cross-entropy')
      .map(({ layer, channel, measure, value }) => [layer, channel, measure, value]),
  );
});

test('shares of the energy add up, and the counted channels carry what is asked', async () => {
  const subject = smallSubject(graph);
  const [features] = await subject.features('trained', 60, 'average', ['c2']);
  assert.ok(features);
  const sums = Array.from({ length: 8 }, (_, channel) =>
    features.read().values.reduce((sum, value, at) => sum + (at % 8 === channel ? value : 0), 0),
  );
  const total = sums.reduce((sum, each) => sum + each, 0);
  const sorted = sums.toSorted((one, other) => other - one);
  const results = await resultsOf(channelEnergyMethod, subject, { images: 60, share: 0.7 });
  for (const [channel, sum] of sums.entries()) {
    near(valueOf(results, 'c2', 'energy share', channel), sum / total, 1e-9);
    const stronger = sums.filter((each) => each >= sum).reduce((all, each) => all + each, 0);
    near(valueOf(results, 'c2', 'cumulated share', channel), stronger / total, 1e-9);
  }
  const count = valueOf(results, 'c2', 'carrying channels') ?? NaN;
  const shareOf = (channels: number): number =>
    sorted.slice(0, channels).reduce((sum, each) => sum + each, 0) / total;
  assert.ok(shareOf(count) >= 0.7 && shareOf(count - 1) < 0.7, `${count} of ${sorted.join(', ')}`);
  near(valueOf(results, 'c2', 'carrying share'), count / 8, 1e-12);

  const [before] = await subject.features('untrained', 60, 'average', ['c2']);
  const own = cumulatedShares(before?.read().values ?? new Float32Array(), 8);
  const cumulated = results
    .filter(({ layer, measure }) => layer === 'c2' && measure === 'cumulated share')
    .toSorted((one, other) => (one.value ?? 0) - (other.value ?? 0));
  for (const [rank, share] of own.entries())
    near(cumulated[rank]?.baselines['untrained'] ?? NaN, share, 1e-9);
});

test('energy at all positions, or inside each image’s saliency window, is counted where it is', async () => {
  const subject = smallSubject(graph);
  const parts = await salientParts(subject, 60, () => Promise.resolve());
  for (const [kind, pooling] of [
    ['map', 'map'],
    ['window', windowsOf(parts, 1)],
  ] as const) {
    const results = await resultsOf(channelEnergyMethod, subject, {
      ...{ images: 60, features: kind, window: 1 },
    });
    const [features] = await subject.features('trained', 60, pooling, ['c2']);
    const shares = results.flatMap(({ layer, measure, value }) =>
      layer === 'c2' && measure === 'cumulated share' ? (value ?? []) : [],
    );
    const expected = cumulatedShares(features?.read().values ?? new Float32Array(), 8);
    for (const [rank, share] of expected.entries()) near(shares[rank] ?? NaN, share, 1e-6);
  }
});

for (const { file, gradients, shares } of weightedEnergies)
  test(`energy weighted by gradients is PyTorch’s: ${file}, ${gradients}`, async () => {
    const side = 48;
    const wanted = networkImportSchema.parse({ ...TORCH_NETWORKS[file], input: [side, side, 3] });
    const { graph: imported, tensors } = importNetwork(join(FIXTURES, 'torch-networks', file), wanted);
    const weights = new Map(tensors.map(({ name, values }) => [name, values]));
    // each of the four images five times, which leaves all shares as they are
    const subject = smallSubject(imported, weights, (pixels, label) => {
      for (const at of pixels.keys()) {
        const [position, channel] = [Math.floor(at / 3), at % 3];
        pixels[at] = Math.sin((0.37 + 0.05 * label) * (channel * side * side + position));
      }
    });
    const results = await resultsOf(channelEnergyMethod, subject, {
      ...{ images: 20, gradients, logit: 'true' },
    });
    for (const [layer, expected] of Object.entries(shares))
      for (const [channel, share] of expected.entries())
        near(valueOf(results, layer, 'energy share', channel), share, 1e-5);
  });

test('where no gradient comes back, no channel has a weighted energy', async () => {
  const weights = new Map(unevenWeights(graph, 1)).set('d/kernel', new Float32Array(8 * graph.classes));
  const subject = smallSubject(graph, weights);
  const results = await resultsOf(channelEnergyMethod, subject, { images: 40, gradients: 'guided' });
  assert.equal(valueOf(results, 'c2', 'carrying channels'), null);
  const found = results.find(({ layer, measure }) => layer === 'c2' && measure === 'carrying share');
  assert.ok((found?.baselines['untrained'] ?? 0) > 0);
  assert.ok(!results.some(({ layer, channel }) => layer === 'c2' && channel !== null));
});

test('gradients that are recorded and replayed are the eager ones', async () => {
  const warnings: Error[] = [];
  process.on('warning', (warning) => warnings.push(warning));
  const subject = smallSubject(graph);
  const { images } = subject.evaluationSet(40);
  for (const [gradients, logit, classes] of [
    ['guided', 'predicted', undefined],
    [
      'plain',
      'true',
      Float32Array.from({ length: 40 * graph.classes }, (_, at) => Number(at % graph.classes === 0)),
    ],
  ] as const) {
    const passes = [engine, { compileForward: null }].map((by) => {
      const pass = new ReplayedPass(by, gradientProgram(subject, { gradients, logit }, 40));
      pass.writeWeights(subject.weights('last'));
      // the first time only its eager twin is trusted
      pass.run(images(0, 40), classes);
      const found = pass.run(images(0, 40), classes);
      pass.close();
      return found;
    });
    for (const [place, each] of (passes[1] ?? []).entries())
      assertClose(passes[0]?.[place] ?? [], each, 1e-5, subject.layers[place]?.name ?? '');
  }
  // a warning, that something could not be recorded, is told in the next round
  await setImmediate();
  assert.deepEqual(warnings, []);
});

/** By sorting sums without their signs. @param values with the channels last */
function cumulatedShares(values: Float32Array, channels: number): number[] {
  const sums = Array.from({ length: channels }, () => 0);
  for (const [at, value] of values.entries())
    sums[at % channels] = (sums[at % channels] ?? 0) + Math.abs(value);
  const total = sums.reduce((sum, each) => sum + each, 0);
  let all = 0;
  return sums.toSorted((one, other) => other - one).map((sum) => (all += sum) / total);
}
