import { z } from 'zod';
import type { CopiedNumbers } from '../../src-shared/studies/study-copy.ts';

/** Of a count of a confusion matrix and of a value of a series; histograms are bytes. */
export const NUMBER_BYTES = { confusions: 4, epochs: 8, steps: 8, histograms: 1 } as const;

/** Of each: the run's place, a name, how many numbers. */
const indexSchema = z.array(z.tuple([z.int().min(0), z.string(), z.int().min(0)]));

/**
 * Numbers one after the other behind an index of them as JSON, whose length comes first. First are all first bytes, then all second
 * ones and so on: like bytes beside each other take two thirds of the room, packed.
 *
 * @param width bytes of a number
 */
export function joinNumbers(all: readonly CopiedNumbers[], width: number): Buffer {
  const index = all.map(({ run, name, data }) => [run, name, data.byteLength / width]);
  const head = Buffer.from(JSON.stringify(index));
  const bytes = all.reduce((sum, { data }) => sum + data.byteLength, 0);
  const joined = Buffer.alloc(4 + head.length + bytes);
  joined.writeUInt32LE(head.length, 0);
  head.copy(joined, 4);
  const numbers = bytes / width;
  let number = 4 + head.length;
  for (const { data } of all)
    for (let at = 0; at < data.byteLength; at += width, number++)
      for (let byte = 0; byte < width; byte++) joined[number + byte * numbers] = data[at + byte] ?? 0;
  return joined;
}

/** The inverse. @returns null for what `joinNumbers` does not make */
export function splitNumbers(joined: Buffer, width: number): CopiedNumbers[] | null {
  const index = readIndex(joined);
  if (index === null) return null;
  const numbers = index.all.reduce((sum, [, , count]) => sum + count, 0);
  if (index.end + numbers * width !== joined.length) return null;
  let number = index.end;
  return index.all.map(([run, name, count]) => {
    const data = new Uint8Array(count * width);
    for (let at = 0; at < data.length; at += width, number++)
      for (let byte = 0; byte < width; byte++) data[at + byte] = joined[number + byte * numbers] ?? 0;
    return { run, name, data };
  });
}

function readIndex(joined: Buffer): { all: z.output<typeof indexSchema>; end: number } | null {
  if (joined.length < 4) return null;
  const end = 4 + joined.readUInt32LE(0);
  if (end > joined.length) return null;
  try {
    return { all: indexSchema.parse(JSON.parse(joined.toString('utf8', 4, end))), end };
  } catch {
    return null;
  }
}
