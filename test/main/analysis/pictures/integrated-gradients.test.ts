import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  completenessError,
  integratedGradients,
  type IntegrationOptions,
  logitDifferences,
  sumOverChannels,
} from '../../../../src-main/analysis/pictures/integrated-gradients.ts';
import { withNetwork } from '../../../../src-main/analysis/pictures/picture-network.ts';
import type { WeightValues } from '../../../../src-main/analysis/subject.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { gradientsOf } from './gradients-of.ts';
import { squareIn, twoChannelNetwork } from './two-channel-network.ts';
import { noiseImages, unevenWeights } from './uneven-weights.ts';

/** Of a logit of each image, with the differences that they must add up to. */
async function integrated(
  { graph, weights }: { readonly graph: Graph; readonly weights: WeightValues },
  images: Float32Array,
  chosen: readonly number[],
  options: Omit<IntegrationOptions, 'gradients'>,
) {
  const asked = { layer: null, guided: false, weights, chosen };
  const attributions = await integratedGradients(images, {
    ...options,
    gradients: (points) => gradientsOf({ graph, engine }, { ...asked, images: points }),
  });
  const differences = await withNetwork({ graph, engine }, weights, (network) =>
    Promise.resolve(logitDifferences(network, images, chosen, options.baseline)),
  );
  return { attributions, error: completenessError(attributions, differences) };
}

test('integrated gradients add up to the difference of the logits within 1 %, the better the more steps', async () => {
  const graph = graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16);
  const images = noiseImages(graph, 6);
  const subject = { graph, weights: unevenWeights(graph) };
  const errorWith = async (steps: number): Promise<number> =>
    (await integrated(subject, images, [0, 1, 2, 3, 4, 5], { steps, baseline: [0.3, -0.2, 0] })).error;
  const [coarse, fine] = [await errorWith(2), await errorWith(64)];
  assert.ok(fine < 0.01, `${fine} is missing`);
  assert.ok(fine < coarse, `${fine} with 64 steps, ${coarse} with two`);
});

test('of a linear network they are weight times difference, at each pixel', async () => {
  const image = squareIn(1, 4, 4, squareIn(0, 8, 8));
  const options = { steps: 3, baseline: [0, 0, 0] };
  const { attributions, error } = await integrated(twoChannelNetwork(), image, [0], options);
  for (const [at, value] of attributions.entries()) {
    const expected = at % 3 === 0 ? (image[at] ?? 0) / 256 : 0;
    assert.ok(Math.abs(value - expected) < 1e-7);
  }
  assert.ok(error < 1e-5);
});

test('channels are summed place by place', () => {
  assert.deepEqual([...sumOverChannels(Float32Array.of(1, 2, 3, 10, 20, 30), 3)], [6, 60]);
});
