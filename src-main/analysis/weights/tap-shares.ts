import type { LayerKernel } from './layer-kernel.ts';

/** The taps of a 3x3 kernel, row by row. */
export const TAPS = [
  'top-left',
  'top',
  'top-right',
  'left',
  'centre',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const;

const EDGES = [1, 3, 5, 7];
const CORNERS = [0, 2, 6, 8];

export interface TapShares {
  /** Share of the energy in each tap, in the order of `TAPS`; they add up to 1. */
  readonly taps: readonly number[];
  readonly centre: number;
  /** The four taps beside the centre together. */
  readonly edges: number;
  readonly corners: number;
  /** Entropy of the nine shares divided by ln 9: 1 where all taps are used alike, 0 where one is. */
  readonly entropy: number;
}

/**
 * How the energy of a layer's 3x3 filters spreads over their taps: E_uv = sum over filters and inputs of w^2, divided
 * by the sum over all taps.
 * @returns null for a kernel that is all zero
 */
export function tapShares({ inputs, filters, values }: LayerKernel): TapShares | null {
  const size = inputs * filters;
  const energies = TAPS.map((_, tap) => squareSum(values.subarray(tap * size, (tap + 1) * size)));
  const total = sum(energies);
  if (total === 0) return null;
  const taps = energies.map((energy) => energy / total);
  const of = (places: readonly number[]): number => sum(places.map((place) => taps[place] ?? 0));
  const terms = taps.map((share) => (share === 0 ? 0 : -share * Math.log(share)));
  return { taps, centre: of([4]), edges: of(EDGES), corners: of(CORNERS), entropy: sum(terms) / Math.log(9) };
}

function squareSum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
