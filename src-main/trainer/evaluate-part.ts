import type { EvaluationBatch, Training } from '../engine/engine.ts';

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
 * @param batches each as large as the evaluation batch that the training was compiled for, whatever counts of it
 * @param pause awaited after each batch, so that messages are heard; throws to end the evaluation
 */
export async function evaluatePart(
  training: Training,
  batches: Iterable<EvaluationBatch>,
  classes: number,
  pause: () => Promise<void>,
): Promise<PartResult> {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let images = 0;
  let loss = 0;
  let correct = 0;
  let correctTop5 = 0;
  for (const batch of batches) {
    const result = await training.evaluate(batch);
    images += batch.count;
    loss += result.loss;
    correct += result.correct;
    correctTop5 += result.correctTop5;
    result.predicted.forEach((predicted, place) => {
      const row = confusion[batch.labels[place] ?? -1];
      if (row) row[predicted] = (row[predicted] ?? 0) + 1;
    });
    await pause();
  }
  return { loss: loss / images, accuracy: correct / images, top5: correctTop5 / images, confusion };
}

/** Share of each class that was classified correctly; null for a class without images. */
export function classAccuracies(confusion: readonly (readonly number[])[]): (number | null)[] {
  return confusion.map((row, index) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total === 0 ? null : (row[index] ?? 0) / total;
  });
}
