/** Compares places in a row for sorting: what has none stands last. */
export function byPlace(one = Infinity, other = Infinity): number {
  return one === other ? 0 : one - other;
}
