import assert from 'node:assert/strict';
import { test } from 'node:test';
import { occlusionMap } from '../../../../src-main/analysis/methods/occlusion/occlusion-maps.ts';
import { withNetwork } from '../../../../src-main/analysis/pictures/picture-network.ts';
import { engine } from '../../engine/test-engine.ts';
import { SIDE, squareIn, twoChannelNetwork } from '../pictures/two-channel-network.ts';

const pause = (): Promise<void> => Promise.resolve();

test('the logit falls where the object is covered, by as much as is covered, and the class turns', () => {
  const { graph, weights } = twoChannelNetwork();
  const image = squareIn(0, 4, 8);
  return withNetwork({ graph, engine }, weights, async (network) => {
    const { drops, turned } = await occlusionMap(network, image, 0, { size: 4, stride: 4 }, pause);
    for (const [place, drop] of drops.entries()) {
      const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
      const inside = x >= 4 && x < 8 && y >= 8 && y < 12;
      assert.ok(Math.abs(drop - (inside ? 16 / SIDE ** 2 : 0)) < 1e-6, `(${x}, ${y}): ${drop}`);
    }
    assert.equal(turned, false, 'both logits are zero then, and the first class stays the most likely');
    const bias = new Map(weights).set('dense/bias', Float32Array.of(0, 0.01));
    return withNetwork({ graph, engine }, bias, async (other) => {
      assert.equal((await occlusionMap(other, image, 0, { size: 4, stride: 4 }, pause)).turned, true);
    });
  });
});

test('a patch that does not divide the image still covers each of its pixels', () => {
  const { graph, weights } = twoChannelNetwork();
  return withNetwork({ graph, engine }, weights, async (network) => {
    const { drops } = await occlusionMap(network, squareIn(0, 12, 12), 0, { size: 5, stride: 3 }, pause);
    assert.ok(drops.every((drop) => Number.isFinite(drop)));
    assert.ok((drops.at(-1) ?? 0) > 0 && drops[0] === 0);
  });
});
