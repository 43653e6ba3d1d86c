import * as tf from '@tensorflow/tfjs';
import type { Shape } from '../../../../src-shared/networks/layer.ts';
import { batchSize } from '../../compute-features.ts';
import { imageTensor } from '../../network-tensors.ts';
import { logitsOf, type PictureNetwork } from '../../pictures/picture-network.ts';

/** A square patch of the mean colour that is moved over the image. */
export interface Occluder {
  /** Pixels of its side, and from one place to the next. */
  readonly size: number;
  readonly stride: number;
}

export interface OcclusionMap {
  /** [h w]: mean fall of the logit over the places of the patch that cover a pixel. */
  readonly drops: Float32Array;
  /** Whether the patch, in one place at least, makes another class the most likely one. */
  readonly turned: boolean;
}

/**
 * What a logit loses where a patch covers the image (Zeiler and Fergus, 2014).
 * @param image normalised, [h, w, c]
 * @param label the class whose logit
 * @param pause awaited after each batch
 */
export async function occlusionMap(
  network: PictureNetwork,
  image: Float32Array,
  label: number,
  { size, stride }: Occluder,
  pause: () => Promise<void>,
): Promise<OcclusionMap> {
  const [height, width] = network.graph.input;
  const corners = starts(height, size, stride).flatMap((top) =>
    starts(width, size, stride).map((left): Corner => ({ top, left })),
  );
  const [whole] = logits(network, [image]);
  const decision = mostLikely(whole);
  const sums = new Float32Array(height * width);
  const counts = new Float32Array(height * width);
  let turned = false;
  const most = batchSize(network.graph);
  for (let start = 0; start < corners.length; start += most) {
    const batch = corners.slice(start, start + most);
    const covered = logits(
      network,
      batch.map((corner) => cover(image, corner, size, network.graph.input)),
    );
    for (const [place, { top, left }] of batch.entries()) {
      const drop = (whole?.[label] ?? NaN) - (covered[place]?.[label] ?? NaN);
      turned ||= mostLikely(covered[place]) !== decision;
      for (let y = top; y < Math.min(height, top + size); y++) {
        for (let x = left; x < Math.min(width, left + size); x++) {
          const at = y * width + x;
          sums[at] = (sums[at] ?? 0) + drop;
          counts[at] = (counts[at] ?? 0) + 1;
        }
      }
    }
    await pause();
  }
  return { drops: sums.map((sum, at) => sum / (counts[at] ?? 1)), turned };
}

interface Corner {
  readonly top: number;
  readonly left: number;
}

/** Where the patch begins along one side; the last one ends at the border, so that every pixel is covered. */
function starts(extent: number, size: number, stride: number): number[] {
  const last = Math.max(0, extent - size);
  const count = Math.ceil(last / stride);
  return Array.from({ length: count + 1 }, (_, index) => Math.min(last, index * stride));
}

/** The mean colour of the training images is zero after the normalisation. */
function cover(
  image: Float32Array,
  { top, left }: Corner,
  size: number,
  [height, width, channels]: Shape,
): Float32Array {
  const covered = image.slice();
  for (let y = top; y < Math.min(height, top + size); y++)
    covered.fill(0, (y * width + left) * channels, (y * width + Math.min(width, left + size)) * channels);
  return covered;
}

function logits(network: PictureNetwork, images: readonly Float32Array[]): number[][] {
  const size = images[0]?.length ?? 0;
  const together = new Float32Array(images.length * size);
  for (const [index, image] of images.entries()) together.set(image, index * size);
  return tf.tidy(() => logitsOf(network, imageTensor(network.graph, together)).arraySync());
}

function mostLikely(row: readonly number[] = []): number {
  return row.indexOf(Math.max(...row));
}
