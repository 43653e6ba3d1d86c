/** Scores of one classifier among several that stand side by side in rows of `stride`. */
export interface Scores {
  readonly values: Float32Array | Float64Array;
  readonly offset: number;
  readonly stride: number;
  /** Added to each row. */
  readonly bias: Float64Array;
}

/**
 * Mean cross-entropy (nats) between softmax(scores) and the labels over the first `rows` rows.
 * @param residuals where given, (softmax - one-hot) / rows is written into the same places as the scores stand
 */
export function softmaxLoss(
  { values, offset, stride, bias }: Scores,
  labels: ArrayLike<number>,
  rows: number,
  residuals?: Float32Array,
): number {
  const classes = bias.length;
  const shifted = new Float64Array(classes);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * stride + offset;
    let largest = -Infinity;
    for (let k = 0; k < classes; k++) {
      const score = (values[start + k] as number) + (bias[k] as number);
      shifted[k] = score;
      if (score > largest) largest = score;
    }
    const label = labels[row] as number;
    const ofLabel = (shifted[label] as number) - largest;
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const power = Math.exp((shifted[k] as number) - largest);
      shifted[k] = power;
      sum += power;
    }
    total += Math.log(sum) - ofLabel;
    if (residuals === undefined) continue;
    for (let k = 0; k < classes; k++) {
      const share = (shifted[k] as number) / sum;
      residuals[start + k] = (k === label ? share - 1 : share) / rows;
    }
  }
  return total / rows;
}
