import type { Quantity } from '../quantity.ts';

interface Marked {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Everything that an axis of the quantity must hold, in the units in which it is shown. */
export function shownValues(
  { scale }: Quantity,
  marks: readonly Marked[],
  runs: readonly number[],
): number[] {
  const bounds = marks.flatMap(({ mean, low, high }) => [mean, low, high]);
  return [...bounds, ...runs].flatMap((value) => (value === null ? [] : [value * scale]));
}

/** A percentage point or two: a single run must not look as if a thousandth of it mattered. */
export function leastSpan({ kind }: Quantity): number {
  return kind === 'share' ? 2 : 0;
}
