import { z } from 'zod';

/**
 * How many float32 values lie where, and what they are on the whole.
 *
 * The bins follow from the values' own representation: each octave, from one power of two to the next, has eight of equal width, on both
 * sides of zero. No bin is wider than an eighth of what lies in it, whether that is 1e-20 or 1e20, and no range has to be chosen before the
 * values are known: neither the middle nor the tails are lost, and histograms of different steps, layers and runs have the same bins.
 */
export const valueHistogramSchema = z.object({
  /** All values. */
  count: z.int().min(0),
  zeros: z.int().min(0),
  nans: z.int().min(0),
  /** Of either sign. */
  infinite: z.int().min(0),
  /** These are of the finite values; null without one. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  /** Of these values, not an estimate of others: divided by their count. */
  std: z.number().nullable(),
  /** Root of the sum of squares. */
  norm: z.number().nullable(),
  /** Numbers of the bins that hold finite values other than zero, rising with the values; see `binEdges`. */
  bins: z.array(z.int()),
  /** Of each of these bins. */
  counts: z.array(z.int().min(1)),
});
export type ValueHistogram = z.infer<typeof valueHistogramSchema>;

const BINS_OF_OCTAVE = 8;
/** Sign, exponent and the three first bits of the fraction are left of a float32. */
const DROPPED_BITS = 20;
/** So many bins of either sign: below them infinity begins. */
const MOST_BINS = 255 * BINS_OF_OCTAVE;
/** Where in the keys the negative values begin. */
const SIGN = 2048;
/** Of the smallest float32 that is not subnormal: below it bins have the width of its octave's. */
const LEAST_EXPONENT = -126;
const EXPONENT_BIAS = 127;

/** Counts all of these values; a number of millions takes milliseconds. */
export function valueHistogram(values: Float32Array): ValueHistogram {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const keys = new Float64Array(2 * SIGN);
  let [zeros, nans, infinite] = [0, 0, 0];
  let [min, max] = [Infinity, -Infinity];
  let [sum, squares] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value === 0) zeros += 1;
    else if (value - value !== 0) {
      if (Number.isNaN(value)) nans += 1;
      else infinite += 1;
    } else {
      const key = (bits[at] as number) >>> DROPPED_BITS;
      keys[key] = (keys[key] as number) + 1;
      sum += value;
      squares += value * value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const finite = values.length - nans - infinite;
  const filled = filledBins(keys);
  const about = { count: values.length, zeros, nans, infinite, ...filled };
  if (finite === 0) return { ...about, min: null, max: null, mean: null, std: null, norm: null };
  const mean = sum / finite;
  return {
    ...about,
    ...(zeros > 0 ? { min: Math.min(0, min), max: Math.max(0, max) } : { min, max }),
    ...{ mean, std: Math.sqrt(squaredDeviations(values, mean) / finite), norm: Math.sqrt(squares) },
  };
}

/**
 * Of the finite values, summed in a pass of its own: the mean of the squares less the square of the mean would lose a deviation that is
 * small beside the mean.
 */
function squaredDeviations(values: Float32Array, mean: number): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    const deviation = (values[at] as number) - mean;
    // of what is not finite it is not, either
    if (deviation - deviation === 0) sum += deviation * deviation;
  }
  return sum;
}

function filledBins(keys: Float64Array): Pick<ValueHistogram, 'bins' | 'counts'> {
  const bins: number[] = [];
  const counts: number[] = [];
  for (let bin = -MOST_BINS; bin <= MOST_BINS; bin++) {
    const count = bin === 0 ? 0 : (keys[bin < 0 ? SIGN - 1 - bin : bin - 1] ?? 0);
    if (count === 0) continue;
    bins.push(bin);
    counts.push(count);
  }
  return { bins, counts };
}

/**
 * Between which values a bin lies: that nearer to zero belongs to it, the other one to the next.
 * @param bin from 1 upwards of positive values, from -1 downwards of negative ones; there is no 0
 */
export function binEdges(bin: number): readonly [low: number, high: number] {
  const place = Math.abs(bin) - 1;
  const [inner, outer] = [edge(place), edge(place + 1)];
  return bin > 0 ? [inner, outer] : [-outer, -inner];
}

function edge(place: number): number {
  const exponent = Math.floor(place / BINS_OF_OCTAVE);
  const share = (place % BINS_OF_OCTAVE) / BINS_OF_OCTAVE;
  return exponent === 0 ? share * 2 ** LEAST_EXPONENT : (1 + share) * 2 ** (exponent - EXPONENT_BIAS);
}

/** A stretch of the axis of values with how many lie in it. */
interface Stretch {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Of all finite values, rising: bins no wider than the values reach, and zeros where they lie. */
export function valueStretches({ bins, counts, zeros, min, max }: ValueHistogram): Stretch[] {
  const cut = bins.map((bin, place): Stretch => {
    const [low, high] = binEdges(bin);
    return {
      low: Math.max(low, min ?? low),
      high: Math.min(high, max ?? high),
      count: counts[place] ?? 0,
    };
  });
  const positive = bins.findIndex((bin) => bin > 0);
  const at = positive < 0 ? cut.length : positive;
  return zeros === 0 ? cut : cut.toSpliced(at, 0, { low: 0, high: 0, count: zeros });
}

/**
 * The value below which a share of the finite values lies, as if the values of a bin lay evenly in it: it is off by no more than the bin is
 * wide, an eighth of the value. Null without finite values.
 */
export function quantileOf(histogram: ValueHistogram, share: number): number | null {
  const { count, nans, infinite, max } = histogram;
  let left = share * (count - nans - infinite);
  for (const { low, high, count: own } of valueStretches(histogram)) {
    if (left <= own) return low + (high - low) * (left / own);
    left -= own;
  }
  return max;
}

/** The size, whatever the sign, below which a share of the finite values but zeros lies: where its bin begins. Null without such values. */
export function sizeQuantile(
  { bins, counts }: Pick<ValueHistogram, 'bins' | 'counts'>,
  share: number,
): number | null {
  const bySize = bins
    .map((bin, place) => ({ size: Math.abs(bin), count: counts[place] ?? 0 }))
    .toSorted((one, other) => one.size - other.size);
  let left = share * bySize.reduce((sum, { count }) => sum + count, 0);
  for (const { size, count } of bySize) {
    if (left <= count) return binEdges(size)[0];
    left -= count;
  }
  return null;
}

/**
 * The share of all finite values but zeros between each two neighbours of these rising places, as if the values of a bin lay evenly in it.
 */
export function sharesBetween(histogram: ValueHistogram, places: readonly number[]): number[] {
  const { count, nans, infinite, zeros } = histogram;
  const all = count - nans - infinite - zeros;
  const shares = new Array<number>(Math.max(0, places.length - 1)).fill(0);
  if (all === 0) return shares;
  let from = 0;
  for (const { low, high, count: own } of valueStretches({ ...histogram, zeros: 0 })) {
    while (from < shares.length && (places[from + 1] ?? Infinity) <= low) from += 1;
    for (let at = from; at < shares.length && (places[at] ?? Infinity) <= high; at++) {
      const [begin, end] = [places[at] ?? 0, places[at + 1] ?? 0];
      const inside =
        high > low ? (Math.min(high, end) - Math.max(low, begin)) / (high - low) : Number(low < end);
      shares[at] = (shares[at] ?? 0) + (Math.max(0, inside) * own) / all;
    }
  }
  return shares;
}
