import type { AxisRanges } from '../../chart-style.ts';
import type { EnergyCurve } from './data.ts';

export interface EnergyAxis {
  /** Of the channels, along the x axis. */
  readonly x: 'share' | 'number';
  readonly baselines: boolean;
}

/** Of the longest curve, or as far as the axis is to show. */
export function mostChannels(
  axis: EnergyAxis,
  curves: readonly EnergyCurve[],
  { xRange }: AxisRanges,
): number {
  const ends = curves.map((curve) => channelsAt(axis, curve, curve.shares.length - 1));
  return Math.max(...ends, xRange?.[1] ?? 0);
}

export const ENERGY_NAME = 'energy of the layer (%)';

/** Where the strongest `rank` + 1 channels of a curve lie on the x axis. */
export function channelsAt({ x }: EnergyAxis, { shares }: EnergyCurve, rank: number): number {
  return x === 'share' ? (100 * (rank + 1)) / shares.length : rank + 1;
}

export function channelsName({ x }: EnergyAxis): string {
  return x === 'share' ? 'channels of the layer, the strongest first (%)' : 'channels, the strongest first';
}

/** Of the strongest channel, the two strongest, and so on. */
export function meansOf({ shares }: EnergyCurve): number[] {
  return shares.map(({ mean }) => mean ?? NaN);
}
