import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maximizeActivation } from '../../../../src-main/analysis/methods/activation-maximization/maximize-activation.ts';
import { withNetwork } from '../../../../src-main/analysis/pictures/picture-network.ts';
import { engine } from '../../engine/test-engine.ts';
import { SIDE, twoChannelNetwork } from '../pictures/two-channel-network.ts';

test('the image made for a channel has what it answers to in the middle, in colours that there are', () => {
  const { graph, weights } = twoChannelNetwork();
  const layer = graph.layers.find(({ name }) => name === 'conv');
  assert.ok(layer);
  const statistics = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
  return withNetwork({ graph, engine }, weights, async (network) => {
    const options = { steps: 60, seed: 2, statistics, pause: () => Promise.resolve() };
    const found = await maximizeActivation(network, layer, 2, options);
    assert.ok(found.images.every((value) => Math.abs(value) <= 2));
    const middle = ((SIDE / 2) * SIDE + SIDE / 2) * 3;
    for (const channel of [0, 1]) {
      const activation = found.activations[channel] ?? NaN;
      assert.ok(activation > 1, `channel ${channel} answers ${activation}`);
      const at = channel * SIDE * SIDE * 3 + middle + channel;
      assert.ok(Math.abs((found.images[at] ?? NaN) - activation) < 1e-6);
    }
    const again = await maximizeActivation(network, layer, 2, options);
    assert.deepEqual(again.images, found.images);
  });
});
