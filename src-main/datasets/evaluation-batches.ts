import type { ImagePart } from './dataset.ts';
import { openImages } from './image-reader.ts';
import type { ChannelStatistics } from './normalization.ts';
import { normalizationTable, writePixels } from './normalization.ts';

export interface EvaluationBatch {
  /** Images in this batch; the last batch may hold fewer. */
  readonly count: number;
  /** count x height x width x channels, normalised; valid until the next batch is asked for. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

/**
 * The images of the given indices in their order, normalised and not varied. All images appear once.
 * @param statistics of the training part, for validation and test alike
 */
export function* evaluationBatches(
  part: ImagePart,
  indices: Uint32Array,
  batch: number,
  statistics: ChannelStatistics,
): Generator<EvaluationBatch, void, undefined> {
  const [height, width, channels] = part.shape;
  const size = height * width * channels;
  const table = normalizationTable(statistics);
  const images = new Float32Array(Math.min(batch, indices.length) * size);
  const reader = openImages(part);
  try {
    for (let start = 0; start < indices.length; start += batch) {
      const taken = indices.subarray(start, start + batch);
      const labels = new Int32Array(taken.length);
      for (const [place, index] of taken.entries()) {
        labels[place] = part.labels[index] ?? 0;
        const normalizing = { images: reader.at(index), shape: part.shape, table, output: images };
        writePixels(normalizing, 0, place * size, height * width);
      }
      yield { count: taken.length, images: images.subarray(0, taken.length * size), labels };
    }
  } finally {
    reader.close();
  }
}

/** The same in whole batches, of which the last is filled up with anything. */
export function* filledBatches(
  part: ImagePart,
  indices: Uint32Array,
  batch: number,
  statistics: ChannelStatistics,
): Generator<EvaluationBatch, void, undefined> {
  const images = new Float32Array(batch * part.shape[0] * part.shape[1] * part.shape[2]);
  const labels = new Int32Array(batch);
  for (const piece of evaluationBatches(part, indices, batch, statistics)) {
    images.set(piece.images);
    labels.set(piece.labels);
    yield { count: piece.count, images, labels };
  }
}

/** 0 … count-1: all images of a part, e.g. of the test part. */
export function allIndices(part: ImagePart): Uint32Array {
  return Uint32Array.from({ length: part.count }, (_, index) => index);
}
