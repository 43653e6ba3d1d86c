import { sortedPlaces } from './sorted-places.ts';

/** Ranks of values from 1, equal ones sharing the mean of theirs; null where one is NaN. */
export type Ranks = Float64Array | null;

/** Spearman's correlation of ranks; null where one side is constant or has a NaN. */
export function rankCorrelation(x: Ranks, y: Ranks): number | null {
  if (x === null || y === null) return null;
  const middle = (x.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let at = 0; at < x.length; at++) {
    const [dx, dy] = [(x[at] as number) - middle, (y[at] ?? NaN) - middle];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}

export function ranksOf(values: Float32Array): Ranks {
  if (values.some(Number.isNaN)) return null;
  const order = sortedPlaces(values);
  const found = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    const value = values[order[start] as number];
    let end = start;
    while (end < order.length && values[order[end] as number] === value) end++;
    for (let rank = start; rank < end; rank++) found[order[rank] as number] = (start + 1 + end) / 2;
    start = end;
  }
  return found;
}
