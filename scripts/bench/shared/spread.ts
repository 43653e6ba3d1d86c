export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Median and range; NaN of an empty list. */
export function spread(list: readonly number[]): Spread {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    low: at(0),
    high: at(sorted.length - 1),
  };
}

/** `1.23 (1.10 to 1.31)` */
export function showSpread({ median, low, high }: Spread): string {
  return `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
