import type { FactorValue, Factors } from '../cell.ts';

/** Factors with their values, in the order of the file; the last one runs fastest. */
export type Vary = Readonly<Record<string, readonly FactorValue[]>>;

/** How many combinations there are; more than a number can count exactly, where one likes. */
export function gridSize(vary: Vary): bigint {
  return Object.values(vary).reduce((size, values) => size * BigInt(values.length), 1n);
}

/**
 * The combination at a place of the grid: its digits, each to the base of its factor's number of values.
 *
 * @param place from 0 to below the size of the grid
 */
export function combination(vary: Vary, place: bigint): Factors {
  let rest = place;
  const entries = Object.entries(vary)
    .toReversed()
    .map(([path, values]) => {
      const base = BigInt(values.length);
      const value = values[Number(rest % base)] ?? null;
      rest /= base;
      return [path, value] as const;
    });
  return Object.fromEntries(entries.toReversed());
}

/** How many combinations a sample has: as many as are wanted, or all that there are. */
export function drawnCount(vary: Vary, wanted: number): bigint {
  const [size, most] = [gridSize(vary), BigInt(wanted)];
  return size < most ? size : most;
}

/** The combinations at these places, in the order of the grid. */
export function combinationsAt(vary: Vary, places: readonly bigint[]): Factors[] {
  return places.toSorted((a, b) => (a < b ? -1 : 1)).map((place) => combination(vary, place));
}
