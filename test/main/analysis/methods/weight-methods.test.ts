import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainedBy1x1Method } from '../../../../src-main/analysis/methods/explained-by-1x1/index.ts';
import { filterRedundancyMethod } from '../../../../src-main/analysis/methods/filter-redundancy/index.ts';
import { replace3x3Method } from '../../../../src-main/analysis/methods/replace-3x3/index.ts';
import { separabilityMethod } from '../../../../src-main/analysis/methods/separability/index.ts';
import { tapSharesMethod } from '../../../../src-main/analysis/methods/tap-shares/index.ts';
import { weightRanksMethod } from '../../../../src-main/analysis/methods/weight-ranks/index.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { smallSubject, unevenWeights } from '../small-subject.ts';

/** Sets all but one tap of a 3x3 kernel to zero. */
function leaveTap(weights: Map<string, Float32Array>, layer: string, tap: number): void {
  const kernel = weights.get(`${layer}/kernel`);
  assert.ok(kernel);
  const size = kernel.length / 9;
  for (const place of kernel.keys()) if (Math.floor(place / size) !== tap) kernel[place] = 0;
}

// the published stem has a stride of 2 and no padding, so that its centres lie elsewhere than those of a fire module
for (const stem of ['small', 'imagenet']) {
  test(`a 3x3 that uses only its centre is a 1x1, and one that uses only a corner is none (stem ${stem})`, async () => {
    const graph = graphOf({ ...TINY, stem, batchNorm: true }, 33);
    const weights = unevenWeights(graph, 1);
    for (const layer of ['conv1', 'fire4/expand3x3']) leaveTap(weights, layer, 4);
    leaveTap(weights, 'fire3/expand3x3', 0);
    const subject = smallSubject(graph, weights);
    const explained = await resultsOf(explainedBy1x1Method, subject, { images: 40 });
    for (const layer of ['conv1', 'fire4/expand3x3']) near(valueOf(explained, layer, 'explained'), 1, 1e-4);
    const corner = valueOf(explained, 'fire3/expand3x3', 'explained') ?? NaN;
    assert.ok(corner >= 0 && corner < 0.9, `${corner}`);
    const replaced = await resultsOf(replace3x3Method, subject, { images: 40, fitImages: 40 });
    for (const kind of ['centre', 'sum', 'least-squares']) {
      for (const layer of ['conv1', 'fire4/expand3x3'])
        near(valueOf(replaced, layer, `loss-added-${kind}`), 0, 1e-7);
      assert.ok(Math.abs(valueOf(replaced, 'fire3/expand3x3', `loss-added-${kind}`) ?? 0) > 1e-6);
    }
    const all = replaced.filter(({ layer }) => layer === null);
    assert.equal(all.length, 6);
  });
}

test('without batch norm or with it folded, the numbers of the weights are those of what the network computes', async () => {
  const graph = graphOf({ ...TINY, batchNorm: true }, 16);
  const weights = unevenWeights(graph, 1);
  leaveTap(weights, 'fire2/expand3x3', 4);
  const [gamma, variance] = ['gamma', 'moving_variance'].map((field) => weights.get(`conv1/${field}`));
  assert.ok(gamma && variance);
  // only the first filter of the stem reaches its output
  gamma.fill(0, 1);
  const subject = smallSubject(graph, weights);
  const taps = await resultsOf(tapSharesMethod, subject);
  near(valueOf(taps, 'fire2/expand3x3', 'centre'), 1, 1e-12);
  near(valueOf(taps, 'fire2/expand3x3', 'entropy'), 0, 1e-12);
  const ranks = await resultsOf(weightRanksMethod, subject);
  near(valueOf(ranks, 'conv1', 'stable-rank'), 1 / gamma.length, 1e-6);
  near(valueOf(ranks, 'conv1', 'effective-rank'), 1 / gamma.length, 1e-6);
  assert.equal(valueOf(await resultsOf(filterRedundancyMethod, subject), 'conv1', 'redundancy'), null);
  near(valueOf(await resultsOf(separabilityMethod, subject), 'fire2/expand3x3', 'share'), 1, 1e-12);
  for (const { baselines } of [...taps, ...ranks]) assert.ok((baselines['untrained'] ?? 0) > 0);
  const squeeze = taps.filter(({ role }) => role === 'squeeze');
  assert.deepEqual(squeeze, []);
});
