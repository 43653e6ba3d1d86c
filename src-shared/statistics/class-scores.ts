/** How well one class is recognized. Shares are from 0 to 1. */
export interface ClassScore {
  /** Images that are of the class. */
  readonly images: number;
  /** Of these, the share that is recognized; null without images. */
  readonly recall: number | null;
  /** Of what is taken for the class, the share that is of it; null where nothing is. */
  readonly precision: number | null;
  /** Harmonic mean of both, 2 TP / (2 TP + FP + FN); null without images of which nothing is taken for the class. */
  readonly f1: number | null;
}

/**
 * Scores of each class.
 *
 * @param counts a confusion matrix, classes x classes: rows are true classes, columns predicted ones.
 */
export function classScores(counts: readonly (readonly number[])[]): ClassScore[] {
  const predicted = counts.map(() => 0);
  for (const row of counts)
    for (const [column, count] of row.entries()) predicted[column] = (predicted[column] ?? 0) + count;
  return counts.map((row, place) => {
    const [images, taken, right] = [sum(row), predicted[place] ?? 0, row[place] ?? 0];
    return {
      images,
      recall: images === 0 ? null : right / images,
      precision: taken === 0 ? null : right / taken,
      f1: images + taken === 0 ? null : (2 * right) / (images + taken),
    };
  });
}

/** What accuracy hides where classes differ in size. */
export interface BalanceScores {
  /** Mean recall over the classes with images: every class weighs the same. */
  readonly balancedAccuracy: number;
  /** Mean F1 over the classes that have images or are predicted (scikit-learn's `f1_score(average='macro')`). */
  readonly macroF1: number;
  /** Shares of all images that are of the class with the most and of that with the fewest, of those that have images. */
  readonly largestClass: number;
  readonly smallestClass: number;
}

/** Null of no images. @param counts as `classScores` takes them */
export function balanceScores(counts: readonly (readonly number[])[]): BalanceScores | null {
  const scores = classScores(counts);
  const sizes = scores.flatMap(({ images }) => (images > 0 ? [images] : []));
  if (sizes.length === 0) return null;
  const all = sum(sizes);
  return {
    balancedAccuracy: mean(scores.flatMap(({ recall }) => recall ?? [])),
    macroF1: mean(scores.flatMap(({ f1 }) => f1 ?? [])),
    largestClass: Math.max(...sizes) / all,
    smallestClass: Math.min(...sizes) / all,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
