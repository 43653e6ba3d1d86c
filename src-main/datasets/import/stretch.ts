import { whole } from '../../../src-shared/numbers.ts';
import { counted } from '../../../src-shared/counted.ts';
import { type DatasetRemark, note, warning } from '../../../src-shared/datasets/dataset-remark.ts';
import type { ValueRange } from './decode-picture.ts';

/** Below this share of the 65,536 values of 16 bits, grey levels are lost that the pictures have. */
const WELL_USED = 1 / 4;

/** From the least of all values to the greatest; null without any. */
export function rangeOver(ranges: readonly (ValueRange | null)[]): ValueRange | null {
  const known = ranges.filter((range) => range !== null);
  if (known.length === 0) return null;
  return known.reduce((one, other) => ({
    least: Math.min(one.least, other.least),
    most: Math.max(one.most, other.most),
  }));
}

/** Values of 16 bits to the 256 levels, so that the range takes all of them; what lies outside is cut off. */
export function stretched(samples: Uint16Array, { least, most }: ValueRange): Uint8Array {
  const scale = most > least ? 255 / (most - least) : 0;
  const bytes = new Uint8ClampedArray(samples.length);
  for (let at = 0; at < samples.length; at++) bytes[at] = ((samples[at] ?? 0) - least) * scale;
  return new Uint8Array(bytes.buffer);
}

export function tellStretch({ least, most }: ValueRange): DatasetRemark {
  const values = `${whole(least)} to ${whole(most)}`;
  return note(`Values of the training images, ${values} of 65,535, were stretched to the levels 0 to 255.`);
}

/** Pictures of 16 bits whose values lie close together lose most of their levels where 8 bits are kept. */
export function tellNarrow(ranges: readonly (ValueRange | null)[]): DatasetRemark[] {
  const deep = ranges.filter((range) => range !== null);
  const range = rangeOver(deep);
  if (range === null || range.most - range.least >= WELL_USED * 65_536) return [];
  const { least, most } = range;
  const levels = (most >> 8) - (least >> 8) + 1;
  const values = `${whole(least)} to ${whole(most)}`;
  return [
    warning(
      `${counted(deep.length, 'image')} with 16 bits use only the values ${values} of 65,535, which leaves ${levels} of 256 grey levels. --stretch spreads them over all 256.`,
    ),
  ];
}
