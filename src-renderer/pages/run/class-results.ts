import { type ClassScore, classScores } from '../../../src-shared/statistics/class-scores.ts';

/** How well one class is recognized. */
export interface ClassResult extends ClassScore {
  readonly name: string;
  /** What its images are most often taken for, with their number; null where they never are. */
  readonly confusedWith: { readonly name: string; readonly images: number } | null;
}

/**
 * Results by class from a confusion matrix, in the order of the classes.
 *
 * @param counts rows are true classes, columns predicted ones
 */
export function classResults(
  classes: readonly string[],
  counts: readonly (readonly number[])[],
): readonly ClassResult[] {
  const scores = classScores(counts);
  const nameOf = (place: number): string => classes[place] ?? String(place);
  return scores.map((score, truth) => {
    const row = counts[truth] ?? [];
    let worst = -1;
    for (const [prediction, count] of row.entries()) {
      if (prediction !== truth && count > (worst < 0 ? 0 : (row[worst] ?? 0))) worst = prediction;
    }
    return {
      ...score,
      name: nameOf(truth),
      confusedWith: worst < 0 ? null : { name: nameOf(worst), images: row[worst] ?? 0 },
    };
  });
}
