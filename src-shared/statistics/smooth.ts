/**
 * Exponential smoothing as TensorBoard shows it: s = weight * s + (1 - weight) * value from s = 0, divided by
 * 1 - weight^n, so that the start is not drawn towards zero. Gaps (null, NaN, infinities) stay as they are and change
 * nothing; a constant curve stays itself.
 *
 * @param weight from 0 (the curve itself) to below 1.
 * @throws RangeError for another weight.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  if (!(weight >= 0 && weight < 1))
    throw new RangeError(`The weight must be from 0 to below 1, not ${weight}.`);
  const [first] = values;
  if (weight === 0 || values.every((value) => value === first)) return [...values];
  let sum = 0;
  let debias = 1;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    debias *= weight;
    return sum / (1 - debias);
  });
}
