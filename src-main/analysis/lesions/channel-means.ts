import * as tf from '@tensorflow/tfjs';
import { forward } from '../../engine/model.ts';
import { batchesOf } from '../evaluation-set.ts';
import type { MethodControl } from '../method.ts';
import { imageTensor, weightTensors } from '../network-tensors.ts';
import type { EvaluationSet, Subject } from '../subject.ts';
import type { Network } from '../weights/fold-batch-norm.ts';

/** Images at a time. */
const BATCH = 100;

/** Of each named layer the means of its channels over positions and the images of a set. */
export async function channelMeans(
  { engine }: Subject,
  { graph, weights: values }: Network,
  set: EvaluationSet,
  layers: readonly string[],
  { progress, pause }: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<ReadonlyMap<string, Float64Array>> {
  const sums = new Map<string, Float64Array>();
  const weights = weightTensors(graph, values);
  const options = { operations: engine.operations, training: false };
  try {
    for (const { end, batch } of batchesOf(set, BATCH)) {
      tf.tidy(() => {
        const onLayer = ({ name }: { name: string }, output: tf.Tensor4D): void => {
          if (!layers.includes(name)) return;
          const means = tf.mean(output, [0, 1, 2]).dataSync<'float32'>();
          const sum = sums.get(name) ?? new Float64Array(means.length);
          for (const [channel, value] of means.entries())
            sum[channel] = (sum[channel] ?? 0) + value * batch.count;
          sums.set(name, sum);
        };
        forward(graph, weights, imageTensor(graph, batch.images), { ...options, onLayer });
      });
      progress(end / set.count);
      await pause();
    }
  } finally {
    tf.dispose([...weights.values()]);
  }
  return new Map([...sums].map(([name, sum]) => [name, sum.map((total) => total / set.count)]));
}
