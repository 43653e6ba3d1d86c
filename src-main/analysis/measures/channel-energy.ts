import type { Matrix } from './matrix.ts';
import { columnTiles, type MatrixSource } from './matrix-source.ts';

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
 * @param weights what each row's channels count, [rows, channels]; all count one if left out
 */
export function channelEnergies(
  features: MatrixSource,
  channels: number,
  weights?: Float32Array,
): Float64Array {
  if (features.columns % channels !== 0)
    throw new Error(`${features.columns} columns are not of ${channels} channels`);
  const energies = new Float64Array(channels);
  for (const { tile } of columnTiles(features, channels))
    for (let row = 0; row < tile.rows; row++) {
      const own = tile.values.subarray(row * tile.columns, (row + 1) * tile.columns);
      for (let at = 0; at < own.length; at++) {
        const channel = at % channels;
        const weight = weights === undefined ? 1 : (weights[row * channels + channel] as number);
        energies[channel] = (energies[channel] as number) + weight * Math.abs(own[at] as number);
      }
    }
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
export function carryingChannels(features: MatrixSource, channels: number, share: number): MatrixSource {
  const curve = share < 1 ? energyCurve(channelEnergies(features, channels)) : null;
  if (curve === null) return features;
  const kept = curve.channels.slice(0, carryingCount(curve, share)).sort();
  const columns = (features.columns / channels) * kept.length;
  const readColumns = (start: number, end: number): Matrix => {
    const first = Math.floor(start / kept.length);
    const whole = features.readColumns(first * channels, Math.ceil(end / kept.length) * channels);
    const width = end - start;
    const offset = start - first * kept.length;
    const from = Uint32Array.from({ length: width }, (_, column) => {
      const at = offset + column;
      return Math.floor(at / kept.length) * channels + (kept[at % kept.length] as number);
    });
    const values = new Float32Array(whole.rows * width);
    for (let row = 0; row < whole.rows; row++)
      for (let column = 0; column < width; column++)
        values[row * width + column] = whole.values[row * whole.columns + (from[column] as number)] as number;
    return { rows: whole.rows, columns: width, values };
  };
  return { rows: features.rows, columns, readColumns, read: () => readColumns(0, columns) };
}
