/** How well one class is recognized. */
export interface ClassResult {
  readonly name: string;
  readonly images: number;
  /** Share of its images that are recognized; null without images. */
  readonly accuracy: number | null;
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
  return counts.map((row, truth) => {
    const images = row.reduce((sum, count) => sum + count, 0);
    const nameOf = (place: number): string => classes[place] ?? String(place);
    let worst = -1;
    for (const [prediction, count] of row.entries()) {
      if (prediction !== truth && count > (worst < 0 ? 0 : (row[worst] ?? 0))) worst = prediction;
    }
    return {
      name: nameOf(truth),
      images,
      accuracy: images === 0 ? null : (row[truth] ?? 0) / images,
      confusedWith: worst < 0 ? null : { name: nameOf(worst), images: row[worst] ?? 0 },
    };
  });
}
