import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  completenessError,
  integratedGradients,
  sumOverChannels,
} from '../../../../src-main/analysis/pictures/integrated-gradients.ts';
import { withNetwork } from '../../../../src-main/analysis/pictures/picture-network.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { squareIn, twoChannelNetwork } from './two-channel-network.ts';
import { noiseImages, unevenWeights } from './uneven-weights.ts';

const noPause = (): Promise<void> => Promise.resolve();

test('integrated gradients add up to the difference of the logits within 1 %, the better the more steps', () => {
  const graph = graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16);
  const images = noiseImages(graph, 6);
  return withNetwork({ graph, engine }, unevenWeights(graph), async (network) => {
    const errorWith = async (steps: number): Promise<number> => {
      const options = { steps, baseline: [0.3, -0.2, 0] };
      return completenessError(
        await integratedGradients(network, images, [0, 1, 2, 3, 4, 5], options, noPause),
      );
    };
    const [coarse, fine] = [await errorWith(2), await errorWith(64)];
    assert.ok(fine < 0.01, `${fine} is missing`);
    assert.ok(fine < coarse, `${fine} with 64 steps, ${coarse} with two`);
  });
});

test('of a linear network they are weight times difference, at each pixel', () => {
  const { graph, weights } = twoChannelNetwork();
  const image = squareIn(1, 4, 4, squareIn(0, 8, 8));
  return withNetwork({ graph, engine }, weights, async (network) => {
    const options = { steps: 3, baseline: [0, 0, 0] };
    const found = await integratedGradients(network, image, [0], options, noPause);
    for (const [at, value] of found.attributions.entries()) {
      const expected = at % 3 === 0 ? (image[at] ?? 0) / 256 : 0;
      assert.ok(Math.abs(value - expected) < 1e-7);
    }
    assert.ok(completenessError(found) < 1e-5);
  });
});

test('channels are summed place by place', () => {
  assert.deepEqual([...sumOverChannels(Float32Array.of(1, 2, 3, 10, 20, 30), 3)], [6, 60]);
});
