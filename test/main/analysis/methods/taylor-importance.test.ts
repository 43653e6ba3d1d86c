import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { someImages } from '../../../../src-main/analysis/evaluation-set.ts';
import { weightTensors } from '../../../../src-main/analysis/network-tensors.ts';
import { scoreNetwork } from '../../../../src-main/analysis/lesions/score-network.ts';
import { gradientTimesWeight } from '../../../../src-main/analysis/methods/taylor-importance/taylor-terms.ts';
import { taylorImportanceMethod } from '../../../../src-main/analysis/methods/taylor-importance/index.ts';
import { foldBatchNorm } from '../../../../src-main/analysis/weights/fold-batch-norm.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { CONTROL, smallSubject, unevenWeights } from '../small-subject.ts';

const IMAGES = 40;
const LAYERS = ['conv1', 'fire3/squeeze', 'fire5/expand3x3', 'fire9/expand1x1'];

test('gradient times weight is the slope of the loss as a filter shrinks, by finite differences', async () => {
  const graph = graphOf({ ...TINY, batchNorm: true }, 16);
  const network = foldBatchNorm({ graph, weights: unevenWeights(graph, 1) });
  const subject = smallSubject(graph);
  const set = subject.evaluationSet(IMAGES);
  const batch = someImages(set, 0, set.count);
  const weights = weightTensors(network.graph, network.weights);
  const layers = network.graph.layers.filter(({ name }) => LAYERS.includes(name));
  const { operations } = engine;
  const sums = gradientTimesWeight({ operations, graph: network.graph, weights, set: batch }, layers);
  tf.dispose([...weights.values()]);
  // small, as a kink of a ReLU or maximum that it passes bends the line (by 5 % in one channel at 5e-4); below it the
  // rounding of the losses grows
  const step = 2e-4;
  for (const [place, layer] of layers.entries()) {
    const filters = layer.output[2];
    const lossAt = async (channel: number, factor: number): Promise<number> => {
      const values = new Map(network.weights);
      for (const { name } of layer.weights)
        values.set(
          name,
          Float32Array.from(values.get(name) ?? [], (value, at) =>
            at % filters === channel ? value * factor : value,
          ),
        );
      const { intact } = await scoreNetwork(subject, { ...network, weights: values }, set, [], CONTROL);
      return intact.losses.reduce((sum, loss) => sum + loss, 0) / set.count;
    };
    const found = [...(sums[place] ?? [])];
    const largest = Math.max(...found.map(Math.abs));
    assert.ok(largest > 1e-6);
    for (const channel of [0, filters - 1]) {
      const slope = ((await lossAt(channel, 1 + step)) - (await lossAt(channel, 1 - step))) / (2 * step);
      near(found[channel], slope, 0.01 * largest);
    }
  }
});

test('a channel that is always zero has no importance, and ranks lie between -1 and 1', async () => {
  const graph = graphOf(TINY, 16);
  const weights = unevenWeights(graph, 1);
  const [kernel, bias] = ['kernel', 'bias'].map((field) => weights.get(`fire4/expand1x1/${field}`));
  assert.ok(kernel && bias);
  for (const place of kernel.keys()) if (place % bias.length === 0) kernel[place] = 0;
  bias[0] = -1;
  const results = await resultsOf(taylorImportanceMethod, smallSubject(graph, weights), { images: IMAGES });
  assert.equal(valueOf(results, 'fire4/expand1x1', 'importance', 0), 0);
  assert.ok((valueOf(results, 'fire4/expand1x1', 'importance', 1) ?? 0) > 0);
  const whole = valueOf(results, null, 'rank-correlation') ?? NaN;
  assert.ok(whole > 0.3 && whole <= 1, `${whole}`);
  for (const { measure, value } of results)
    if (measure === 'rank-correlation' && value !== null) assert.ok(Math.abs(value) <= 1);
});
