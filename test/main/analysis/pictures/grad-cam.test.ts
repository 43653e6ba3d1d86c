import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { gradCamMaps, resizeMaps } from '../../../../src-main/analysis/pictures/grad-cam-maps.ts';
import { oneOfEach } from '../../../../src-main/analysis/pictures/logit-gradient.ts';
import { imageTensor } from '../../../../src-main/analysis/network-tensors.ts';
import { layerOutputs, withNetwork } from '../../../../src-main/analysis/pictures/picture-network.ts';
import { engine } from '../../engine/test-engine.ts';
import { SIDE, squareIn, twoChannelNetwork } from './two-channel-network.ts';

test('Grad-CAM lights up where the channel of the class does, and nowhere else', () => {
  const { graph, weights } = twoChannelNetwork();
  const image = squareIn(1, 10, 8, squareIn(0, 2, 3));
  return withNetwork({ graph, engine }, weights, (network) => {
    for (const [label, left, top] of [
      [0, 2, 3],
      [1, 10, 8],
    ] as const) {
      const map = tf.tidy(() =>
        gradCamMaps(
          network,
          layerOutputs(network, imageTensor(graph, image)),
          'conv',
          oneOfEach([label], 2),
        ).dataSync(),
      );
      for (const [place, value] of map.entries()) {
        const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
        const inside = x >= left && x < left + 4 && y >= top && y < top + 4;
        // the gradient of a mean is one over the places
        const expected = inside ? 1 / SIDE ** 2 : 0;
        assert.ok(Math.abs(value - expected) < 1e-7, `class ${label}, (${x}, ${y}): ${value}`);
      }
    }
    return Promise.resolve();
  });
});

test('what speaks against a class is cut off', () => {
  const { graph, weights } = twoChannelNetwork();
  const opposed = new Map(weights).set('dense/kernel', Float32Array.of(-1, 0, 0, 1));
  return withNetwork({ graph, engine }, opposed, (network) => {
    const highest = tf.tidy(() =>
      tf
        .max(
          gradCamMaps(
            network,
            layerOutputs(network, imageTensor(graph, squareIn(0, 2, 3))),
            'conv',
            oneOfEach([0], 2),
          ),
        )
        .arraySync(),
    );
    assert.equal(highest, 0);
    return Promise.resolve();
  });
});

test('a map is enlarged about the centres of its places', () => {
  const found = tf.tidy(() =>
    Array.from(resizeMaps(tf.tensor3d([0, 4, 0, 4], [1, 2, 2]), [4, 4]).dataSync()),
  );
  assert.deepEqual(found, [0, 1, 3, 4, 0, 1, 3, 4, 0, 1, 3, 4, 0, 1, 3, 4]);
});
