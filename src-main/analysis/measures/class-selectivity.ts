import type { Matrix } from './matrix.ts';

/**
 * (mu_max - mu_rest) / (mu_max + mu_rest) of each column, with the mean of the class that excites it most and that of
 * all rows of the others (Morcos et al., arXiv 1803.06959): 0 to 1 for values that are not negative; null for a column
 * that is zero everywhere.
 */
export function classSelectivity(
  { rows, columns, values }: Matrix,
  labels: ArrayLike<number>,
  classes: number,
): (number | null)[] {
  const sums = new Float64Array(classes * columns);
  const counts = new Uint32Array(classes);
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    counts[label] = (counts[label] as number) + 1;
    for (let column = 0; column < columns; column++) {
      const at = label * columns + column;
      sums[at] = (sums[at] as number) + (values[row * columns + column] as number);
    }
  }
  return Array.from({ length: columns }, (_, column) => {
    let total = 0;
    let most = -Infinity;
    let best = 0;
    for (let label = 0; label < classes; label++) {
      const sum = sums[label * columns + column] as number;
      total += sum;
      const mean = sum / (counts[label] as number);
      if (mean > most) [most, best] = [mean, label];
    }
    const rest = (total - (sums[best * columns + column] as number)) / (rows - (counts[best] as number));
    return most + rest === 0 ? null : (most - rest) / (most + rest);
  });
}
