import * as tf from '@tensorflow/tfjs';
import type { Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import type { EvaluationSet } from '../../subject.ts';
import { middleUnit, outputGradient } from '../../pictures/output-gradient.ts';
import { batchSize } from '../../compute-features.ts';
import { computedValues } from '../../computed-values.ts';
import { imageTensor } from '../../network-tensors.ts';
import { endingAt, type PictureNetwork } from '../../pictures/picture-network.ts';
import { batchesOf } from '../../evaluation-set.ts';

/** Pixels count while they matter more than this share of the one that matters most: what two deviations leave out. */
const THRESHOLD = 1 - 0.9545;

/**
 * How much each pixel matters to the unit in the middle of a layer (Luo et al., 2016): the size of the gradient of the
 * sum of its channels, summed over the colours and averaged over images.
 * @param pause awaited after each batch
 * @returns [h w] of the image
 */
export async function effectiveField(
  network: PictureNetwork,
  layer: Layer,
  set: EvaluationSet,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const ending = { ...network, graph: endingAt(network.graph, layer.name) };
  const [height, width] = network.graph.input;
  const total = new Float64Array(height * width);
  const chosen = new Float32Array(ending.graph.classes);
  const first = middleUnit(layer.output, 0);
  chosen.fill(1, first, first + layer.output[2]);
  for (const { batch } of batchesOf(set, batchSize(network.graph))) {
    const sums = computedValues(() => {
      const gradient = outputGradient(
        ending,
        imageTensor(network.graph, batch.images),
        tf.tensor2d(chosen, [1, chosen.length]),
      );
      return tf.sum(tf.abs(gradient), [0, 3]);
    });
    for (let at = 0; at < total.length; at++)
      total[at] = (total[at] as number) + (sums[at] as number) / set.count;
    await pause();
  }
  return total;
}

/** Side of a square with as many pixels as matter; null where none does. */
export function effectiveSize(field: Float64Array): number | null {
  const most = field.reduce((high, value) => Math.max(high, value), 0);
  return most === 0 ? null : Math.sqrt(field.filter((value) => value > THRESHOLD * most).length);
}
