/** Spearman's correlation of ranks, equal values sharing the mean of theirs; null where one side is constant or has a NaN. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  if ([a, b].some((values) => Array.from(values).some(Number.isNaN))) return null;
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (const [at, rank] of x.entries()) {
    const [dx, dy] = [rank - middle, (y[at] ?? NaN) - middle];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}

function ranks(values: ArrayLike<number>): Float64Array {
  const valueAt = (at: number): number => values[at] ?? NaN;
  const order = Array.from({ length: values.length }, (_, at) => at).sort((a, b) => valueAt(a) - valueAt(b));
  const found = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    const value = valueAt(order[start] ?? 0);
    let end = start;
    while (end < order.length && valueAt(order[end] ?? 0) === value) end++;
    for (const at of order.slice(start, end)) found[at] = (start + 1 + end) / 2;
    start = end;
  }
  return found;
}
