import { type Look, lookOf } from '../../palette.ts';
import type { EnergyCurve, EnergyData } from './data.ts';

export interface EnergyAxis {
  /** Of the channels, along the x axis. */
  readonly x: 'share' | 'number';
  readonly baselines: boolean;
}

/** Of a line of the first layer; that of the last is full. */
const LEAST_OPACITY = 0.35;

export const ENERGY_NAME = 'energy of the layer (%)';

/** Where the strongest `rank` + 1 channels of a curve lie on the x axis. */
export function channelsAt({ x }: EnergyAxis, { shares }: EnergyCurve, rank: number): number {
  return x === 'share' ? (100 * (rank + 1)) / shares.length : rank + 1;
}

export function channelsName({ x }: EnergyAxis): string {
  return x === 'share' ? 'channels of the layer, the strongest first (%)' : 'channels, the strongest first';
}

/** Colour for the role; dashes for the cell, or where there is one only for the role, too. */
export function curveLook({ part, cell }: EnergyCurve, { cells }: EnergyData): Look {
  return cells.length > 1 ? lookOf(part, cell) : lookOf(part);
}

/** The deeper the layer, the stronger its line. */
export function opacityOf({ depth }: EnergyCurve): number {
  return LEAST_OPACITY + (1 - LEAST_OPACITY) * depth;
}

/** Of the strongest channel, the two strongest, and so on. */
export function meansOf({ shares }: EnergyCurve): number[] {
  return shares.map(({ mean }) => mean ?? NaN);
}
