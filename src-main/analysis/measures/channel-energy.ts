import type { Matrix } from './matrix.ts';

/** Channels in the order of their energy, the largest first, with the share that they carry together with those before. */
export interface EnergyCurve {
  readonly channels: Uint32Array;
  readonly cumulated: Float64Array;
}

/**
 * Sum over the rows, and over the places of a grid, of each channel's absolute activations: after a ReLU these are the
 * activations themselves.
 *
 * @param features with the channels last, [rows, places * channels]
 */
export function channelEnergies({ columns, values }: Matrix, channels: number): Float64Array {
  if (columns % channels !== 0) throw new Error(`${columns} columns are not of ${channels} channels`);
  const energies = new Float64Array(channels);
  for (const [at, value] of values.entries())
    energies[at % channels] = (energies[at % channels] as number) + Math.abs(value);
  return energies;
}

/** Null where no channel has any. */
export function energyCurve(energies: Float64Array): EnergyCurve | null {
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  if (!(total > 0)) return null;
  const channels = Uint32Array.from(energies.keys()).sort(
    (one, other) => (energies[other] as number) - (energies[one] as number) || one - other,
  );
  let sum = 0;
  const cumulated = Float64Array.from(channels, (channel) => (sum += energies[channel] as number) / total);
  return { channels, cumulated };
}

/** How many channels, those with the most energy first, carry at least this share. */
export function carryingCount({ cumulated }: EnergyCurve, share: number): number {
  // the sum of all is 1 but for rounding
  const enough = cumulated.findIndex((each) => each >= share);
  return enough < 0 ? cumulated.length : enough + 1;
}

/** The columns of the channels that carry this share, in their order; all of them where no channel has energy. */
export function carryingChannels(features: Matrix, channels: number, share: number): Matrix {
  const curve = share < 1 ? energyCurve(channelEnergies(features, channels)) : null;
  if (curve === null) return features;
  const kept = curve.channels.slice(0, carryingCount(curve, share)).sort();
  const { rows, columns, values } = features;
  const places = columns / channels;
  const taken = new Float32Array(rows * places * kept.length);
  let at = 0;
  for (let place = 0; place < rows * places; place++)
    for (const channel of kept) taken[at++] = values[place * channels + channel] as number;
  return { rows, columns: places * kept.length, values: taken };
}
