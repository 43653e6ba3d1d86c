import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { batchSize } from '../compute-features.ts';
import { computedValues } from '../computed-values.ts';
import { imageTensor } from '../network-tensors.ts';

/**
 * What is computed of images, a row for each of them, one after another; few of them are in memory at a time.
 * @param images normalised, [n, h, w, c]
 */
export function rowsOfImages(
  graph: Graph,
  images: Float32Array,
  compute: (images: Tensor4D) => Tensor,
): Float32Array {
  const size = graph.input.reduce((product, extent) => product * extent, 1);
  const batch = batchSize(graph) * size;
  const rows: Float32Array[] = [];
  for (let start = 0; start < images.length; start += batch)
    rows.push(computedValues(() => compute(imageTensor(graph, images.subarray(start, start + batch)))));
  return Float32Array.from(rows.flatMap((values) => Array.from(values)));
}
