/**
 * How far values without their signs reach, but for the largest few: a single value must not darken all others.
 * @param share of the values that the colours reach to
 */
export function reach(values: readonly Float32Array[], share: number): number {
  const sizes = new Float32Array(values.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of values) {
    sizes.set(each.map(Math.abs), at);
    at += each.length;
  }
  return sizes.sort()[Math.ceil(share * (sizes.length - 1))] ?? 0;
}
