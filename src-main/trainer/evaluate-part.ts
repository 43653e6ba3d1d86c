import { evaluationBatches } from '../datasets/evaluation-batches.ts';
import type { ImagePart } from '../datasets/dataset.ts';
import type { ChannelStatistics } from '../datasets/normalization.ts';
import type { Training } from '../engine/engine.ts';

export interface PartResult {
  /** Mean cross-entropy. */
  readonly loss: number;
  readonly accuracy: number;
  readonly top5: number;
  /** Images by [true class][predicted class]. */
  readonly confusion: number[][];
}

/**
 * Evaluates the present weights on some images of a part.
 *
 * @param batch the evaluation batch that the training was compiled for; the last one is filled up
 * @param pause awaited after each batch, so that messages are heard; throws to end the evaluation
 */
export async function evaluatePart(
  training: Training,
  part: ImagePart,
  indices: Uint32Array,
  classes: number,
  batch: number,
  statistics: ChannelStatistics,
  pause: () => Promise<void>,
): Promise<PartResult> {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const images = new Float32Array(batch * part.shape[0] * part.shape[1] * part.shape[2]);
  const labels = new Int32Array(batch);
  let loss = 0;
  let correct = 0;
  let correctTop5 = 0;
  for (const piece of evaluationBatches(part, indices, batch, statistics)) {
    images.set(piece.images);
    labels.set(piece.labels);
    const result = await training.evaluate({ images, labels, count: piece.count });
    loss += result.loss;
    correct += result.correct;
    correctTop5 += result.correctTop5;
    result.predicted.forEach((predicted, place) => {
      const row = confusion[piece.labels[place] ?? -1];
      if (row) row[predicted] = (row[predicted] ?? 0) + 1;
    });
    await pause();
  }
  const count = indices.length;
  return { loss: loss / count, accuracy: correct / count, top5: correctTop5 / count, confusion };
}

/** Share of each class that was classified correctly; null for a class without images. */
export function classAccuracies(confusion: readonly (readonly number[])[]): (number | null)[] {
  return confusion.map((row, index) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total === 0 ? null : (row[index] ?? 0) / total;
  });
}
