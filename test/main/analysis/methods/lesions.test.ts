import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { weightTensors } from '../../../../src-main/analysis/network-tensors.ts';
import { branchLesion } from '../../../../src-main/analysis/methods/lesion/branch-lesion.ts';
import { branchesOf } from '../../../../src-shared/networks/branches.ts';
import { channelLesion } from '../../../../src-main/analysis/lesions/channel-lesion.ts';
import { layerMeans } from '../../../../src-main/analysis/lesions/layer-means.ts';
import { pairedEffects } from '../../../../src-main/analysis/lesions/paired-effect.ts';
import { REPLACEMENTS } from '../../../../src-main/analysis/lesions/replacement.ts';
import { replaced, withChannelReplaced } from '../../../../src-main/analysis/lesions/replacements.ts';
import { scoreNetwork } from '../../../../src-main/analysis/lesions/score-network.ts';
import { channelLesionMethod } from '../../../../src-main/analysis/methods/channel-lesion/index.ts';
import { lesionMethod } from '../../../../src-main/analysis/methods/lesion/index.ts';
import { reinitializationMethod } from '../../../../src-main/analysis/methods/reinitialization/index.ts';
import { foldBatchNorm } from '../../../../src-main/analysis/weights/fold-batch-norm.ts';
import { trainedNetwork } from '../../../../src-main/analysis/weights/kernels-of-run.ts';
import { forward } from '../../../../src-main/engine/model.ts';
import { networkCost } from '../../../../src-shared/networks/costs.ts';
import { distance, graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { CONTROL, smallSubject, unevenWeights } from '../small-subject.ts';

const IMAGES = 120;

for (const fields of [
  { ...TINY, batchNorm: true, bypass: 'complex' },
  { family: 'mobilenet-v1', alpha: 0.25, stem: 'small' },
  { family: 'shufflenet-v1', groups: 3, scale: 0.5, stem: 'small' },
]) {
  test(`${fields.family}: without its batch norm the network computes the same`, () => {
    const graph = graphOf(fields, 16);
    const network = { graph, weights: unevenWeights(graph, 3) };
    const folded = foldBatchNorm(network);
    assert.ok(folded.graph.layers.every((layer) => !('batchNorm' in layer) || !layer.batchNorm));
    const [before, after] = [network, folded].map(({ graph: each, weights }) =>
      tf.tidy(() => {
        const images = tf.randomNormal<tf.Rank.R4>([4, 16, 16, 3], 0, 1, 'float32', 5);
        const options = { operations: engine.operations, training: false };
        return forward(each, weightTensors(each, weights), images, options).logits.dataSync();
      }),
    );
    assert.ok(distance(after ?? [], before ?? []) < 1e-5);
  });
}

test('branches are what meets: expand layers, modules and bypasses, each with what it alone has', () => {
  const graph = graphOf({ ...TINY, bypass: 'complex' }, 16);
  const branches = branchesOf(graph);
  const named = (name: string) => branches.filter((branch) => branch.name === name);
  const cost = networkCost(graph);
  const parametersOf = (name: string) => cost.layers.find((layer) => layer.name === name)?.parameters;
  assert.equal(named('fire2/expand3x3')[0]?.parameters, parametersOf('fire2/expand3x3'));
  assert.equal(named('fire2/expand3x3')[0]?.role, 'expand 3x3');
  const bypasses = branches.filter(({ role }) => role === 'bypass');
  assert.equal(bypasses.length, 8);
  for (const { parameters, macs, source } of bypasses) {
    assert.equal(parameters > 0, source.endsWith('/bypass'));
    assert.equal(macs > 0, source.endsWith('/bypass'));
  }
  const module = cost.layers.filter((layer) => layer.module === 'fire3' && layer.role !== 'bypass');
  assert.equal(
    named('fire3')[0]?.parameters,
    module.reduce((sum, { parameters }) => sum + parameters, 0),
  );
  assert.deepEqual(branchesOf(graphOf({ family: 'mobilenet-v1', alpha: 0.25 }, 32)), []);
});

test('a lesion of what is zero or constant changes nothing; a lesion of the rest does', async () => {
  const graph = graphOf({ ...TINY, bypass: 'simple' }, 16);
  const weights = unevenWeights(graph, 1);
  weights.get('fire4/expand3x3/kernel')?.fill(0);
  weights.get('fire4/expand3x3/bias')?.fill(-1);
  weights.get('fire6/expand1x1/kernel')?.fill(0);
  weights.get('fire6/expand1x1/bias')?.fill(0.7);
  const results = await resultsOf(lesionMethod, smallSubject(graph, weights), { images: IMAGES });
  const loss = (layer: string, kind = '') => valueOf(results, layer, `loss-added${kind}`) ?? NaN;
  for (const kind of ['', '-zero', '-resample']) assert.equal(loss('fire4/expand3x3', kind), 0);
  near(loss('fire6/expand1x1'), 0, 1e-6);
  assert.equal(loss('fire6/expand1x1', '-resample'), 0);
  assert.ok(Math.abs(loss('fire6/expand1x1', '-zero')) > 1e-3);
  for (const kind of ['', '-zero', '-resample']) assert.ok(Math.abs(loss('fire2/expand1x1', kind)) > 1e-6);
  const [branch] = branchesOf(graph).filter(({ name }) => name === 'fire2/expand1x1');
  assert.ok(branch && branch.macs > 0);
  for (const kind of ['', '-zero', '-resample']) {
    const added = loss('fire2/expand1x1', kind);
    near(loss('fire2/expand1x1', `${kind}-per-parameters`), (1e3 * added) / branch.parameters, 1e-9);
    near(loss('fire2/expand1x1', `${kind}-per-macs`), (1e6 * added) / branch.macs, 1e-9);
    assert.equal(valueOf(results, 'fire3/bypass', `loss-added${kind}-per-parameters`), null);
  }
  assert.ok(Math.abs(loss('fire3/bypass')) > 1e-6);
});

test('a lesion at zero is the network whose next kernel does not read the branch', async () => {
  const graph = graphOf(TINY, 16);
  const weights = unevenWeights(graph, 1);
  const subject = smallSubject(graph, weights);
  const set = subject.evaluationSet(IMAGES);
  const branch = branchesOf(graph).find(({ name }) => name === 'fire5/expand1x1');
  const layer = graph.layers.find(({ name }) => name === 'fire5/expand1x1');
  assert.ok(branch && layer);
  const channels = layer.output[2];
  const deaf = (silent: (input: number) => boolean) => {
    const kernel = Float32Array.from(weights.get('fire6/squeeze/kernel') ?? []);
    const filters = weights.get('fire6/squeeze/bias')?.length ?? 1;
    for (const place of kernel.keys()) if (silent(Math.floor(place / filters))) kernel[place] = 0;
    return new Map(weights).set('fire6/squeeze/kernel', kernel);
  };
  const means = await layerMeans(subject, IMAGES);
  const { intact, changed } = await scoreNetwork(
    subject,
    trainedNetwork(subject),
    set,
    [
      branchLesion(graph, branch, 'zero', means(branch.source)),
      channelLesion(layer.name, 2, 'zero', means(layer.name)),
    ],
    CONTROL,
  );
  const expected = [(input: number) => input < channels, (input: number) => input === 2];
  for (const [place, silent] of expected.entries()) {
    const { graph: same } = subject;
    const whole = await scoreNetwork(subject, { graph: same, weights: deaf(silent) }, set, [], CONTROL);
    assert.ok(distance(changed[place]?.losses ?? [], whole.intact.losses) < 1e-5);
    assert.ok(distance(changed[place]?.losses ?? [], intact.losses) > 1e-4);
  }
});

test('channels at their mean: a constant one changes nothing, and each has its cost', async () => {
  const graph = graphOf(TINY, 16);
  const weights = unevenWeights(graph, 1);
  const bias = weights.get('fire3/squeeze/bias');
  const kernel = weights.get('fire3/squeeze/kernel');
  assert.ok(bias && kernel);
  bias[1] = 0.5;
  for (const place of kernel.keys()) if (place % bias.length === 1) kernel[place] = 0;
  const results = await resultsOf(channelLesionMethod, smallSubject(graph, weights), { images: 40 });
  near(valueOf(results, 'fire3/squeeze', 'loss-added', 1), 0, 1e-6);
  const other = valueOf(results, 'fire3/squeeze', 'loss-added', 0) ?? 0;
  assert.ok(Math.abs(other) > 1e-6);
  const layer = networkCost(graph).layers.find(({ name }) => name === 'fire3/squeeze');
  const own = (layer?.parameters ?? NaN) / bias.length;
  near(valueOf(results, 'fire3/squeeze', 'loss-added-per-parameters', 0), (1000 * other) / own, 1e-9);
  const macs = (layer?.macs ?? NaN) / bias.length;
  near(valueOf(results, 'fire3/squeeze', 'loss-added-per-macs', 0), (1e6 * other) / macs, 1e-9);
  assert.ok(results.every(({ layer: name }) => name !== 'conv10'));
});

test('one channel is replaced as all would be, and the others stay to the bit', () => {
  tf.tidy(() => {
    const output = tf.randomNormal<tf.Rank.R4>([6, 3, 3, 4], 0, 1, 'float32', 9);
    const means = [0.1, 0.2, 0.3, 0.4];
    const before = output.dataSync();
    for (const replacement of REPLACEMENTS) {
      const all = replaced(output, replacement, means, 100).dataSync();
      const found = withChannelReplaced(output, 2, replacement, means, 100).dataSync();
      const unsigned = found.map((value) => value + 0); // -0 becomes 0
      const expected = before.map((value, place) => (place % 4 === 2 ? (all[place] ?? NaN) : value));
      assert.deepEqual(unsigned, expected, replacement);
      assert.ok(all.every((value, place) => value !== before[place]));
    }
  });
});

test('effects are means of paired differences with their t interval', () => {
  const intact = { losses: Float64Array.of(1, 2, 3, 4), correct: Uint8Array.of(1, 1, 0, 1) };
  const changed = { losses: Float64Array.of(2, 2, 5, 5), correct: Uint8Array.of(0, 1, 1, 0) };
  const { accuracyLost, lossAdded } = pairedEffects(intact, changed);
  near(accuracyLost.value, 0.25, 1e-12);
  near(lossAdded.value, 1, 1e-12);
  // scipy.stats.t.interval(0.95, 3, loc=1, scale=scipy.stats.sem([1, 0, 2, 1]))
  near(lossAdded.interval?.[0], -0.2992283, 1e-6);
  near(lossAdded.interval?.[1], 2.2992283, 1e-6);
});

test('going back to weights that are the same changes nothing, to others it does', async () => {
  const graph = graphOf({ ...TINY, batchNorm: true }, 16);
  const results = await resultsOf(reinitializationMethod, smallSubject(graph), { images: 40, draws: 2 });
  for (const { name, weights } of graph.layers) {
    if (weights.length === 0) continue;
    assert.equal(valueOf(results, name, 'loss-added-best'), 0);
    assert.ok(Math.abs(valueOf(results, name, 'loss-added-initial') ?? 0) > 1e-6);
    assert.ok(Math.abs(valueOf(results, name, 'loss-added-fresh') ?? 0) > 1e-6);
  }
});

test('lesions leave no tensor behind', async () => {
  const subject = smallSubject(graphOf(TINY, 16));
  const before = tf.memory().numTensors;
  await resultsOf(lesionMethod, subject, { images: 40 });
  await resultsOf(reinitializationMethod, subject, { images: 40, draws: 1 });
  assert.equal(tf.memory().numTensors, before);
});
