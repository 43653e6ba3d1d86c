import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { StudyCopy } from '../../src-shared/studies/study-copy.ts';
import { kindlingVersion } from '../kindling-version.ts';
import {
  COPY_FORMAT,
  MOST_PACKED,
  MOST_UNPACKED,
  PART_NAMES,
  type PackedCopy,
  type PartName,
  PARTS,
  PartsHash,
} from './packed-copy.ts';
import { joinNumbers, NUMBER_BYTES } from './packed-numbers.ts';

const gzip = promisify(zlib.gzip);

/**
 * A study for a report.
 *
 * @param before what a report that the study was opened from did not have
 * @param mostPacked bytes of all parts; given by tests only
 * @returns null where even its runs alone would be too much
 */
export async function packCopy(
  copy: StudyCopy,
  now: Date,
  {
    before = [],
    mostPacked = MOST_PACKED,
  }: { readonly before?: readonly string[]; readonly mostPacked?: number } = {},
): Promise<PackedCopy | null> {
  const packed = new Map<PartName, string>();
  const hash = new PartsHash();
  const leftOut = new Set(before);
  let bytes = 0;
  for (const name of PART_NAMES) {
    const part = partOf(copy, name);
    if (part === 'nothing') continue;
    const small = part === 'too much' || part.length > MOST_UNPACKED ? null : await gzip(part);
    if (small === null || part === 'too much' || bytes + small.length > mostPacked) {
      leftOut.add(PARTS[name]);
      continue;
    }
    bytes += small.length;
    hash.add(name, part);
    packed.set(name, small.toString('base64'));
  }
  const { runs, ...rest } = Object.fromEntries(packed) as Partial<Record<PartName, string>>;
  if (runs === undefined) return null;
  return {
    ...{
      format: COPY_FORMAT,
      version: kindlingVersion(),
      reportedAt: now.toISOString(),
      sha256: hash.text(),
    },
    ...{ leftOut: [...leftOut], parts: { runs, ...rest } },
  };
}

function partOf({ study, cells, runs, ...copy }: StudyCopy, name: PartName): Buffer | 'nothing' | 'too much' {
  if (name === 'runs') return Buffer.from(JSON.stringify({ study, cells, runs }));
  const part = copy[name];
  if (part === null) return 'too much';
  if (part.length === 0) return 'nothing';
  if (name === 'analyses') return Buffer.from(JSON.stringify(part));
  return joinNumbers(copy[name] ?? [], NUMBER_BYTES[name]);
}
