import { createHash, type Hash } from 'node:crypto';
import type { DatasetDescription, ImagesInMemory } from './dataset.ts';

/** What a data set's hash covers besides the bytes of its parts. */
export type HashedDescription = Pick<
  DatasetDescription,
  'classes' | 'shape' | 'trainingCount' | 'testCount' | 'pictures'
>;

/**
 * Begins what a run's provenance records: SHA-256 over the class names, the image shape, the counts and the hash of the
 * pictures' index where there are any (as JSON), then the bytes of the training part as they are stored, then those of the test part.
 */
export function beginContentHash(description: HashedDescription): Hash {
  const { classes, shape, trainingCount, testCount, pictures } = description;
  const kept = pictures === null ? {} : { pictures };
  const json = JSON.stringify({ classes, shape, training: trainingCount, test: testCount, ...kept });
  return createHash('sha256').update(json, 'utf8');
}

/** The hash of parts in memory, hexadecimal. */
export function contentHash(
  classes: readonly string[],
  training: ImagesInMemory,
  test: ImagesInMemory,
): string {
  const { shape } = training;
  const counts = { trainingCount: training.count, testCount: test.count };
  const hash = beginContentHash({ classes, shape, ...counts, pictures: null });
  for (const part of [training, test]) hash.update(labelBytes(part.labels)).update(part.images);
  return hash.digest('hex');
}

/** The labels as they are stored: 16-bit unsigned, least significant byte first. */
export function labelBytes(labels: Uint16Array): Buffer {
  const bytes = Buffer.alloc(labels.length * 2);
  for (const [index, label] of labels.entries()) bytes.writeUInt16LE(label, index * 2);
  return bytes;
}
