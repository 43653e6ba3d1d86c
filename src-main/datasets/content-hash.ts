import { createHash, type Hash } from 'node:crypto';
import type { DatasetDescription, ImagePart } from './dataset.ts';

/** What a data set's hash covers besides the bytes of its parts. */
export type HashedDescription = Pick<DatasetDescription, 'classes' | 'shape' | 'trainingCount' | 'testCount'>;

/**
 * Begins what a run's provenance records: SHA-256 over the class names, the image shape and the counts (as JSON), then
 * the bytes of the training part as they are stored, then those of the test part.
 */
export function beginContentHash({ classes, shape, trainingCount, testCount }: HashedDescription): Hash {
  const json = JSON.stringify({ classes, shape, training: trainingCount, test: testCount });
  return createHash('sha256').update(json, 'utf8');
}

/** The hash of parts in memory, hexadecimal. */
export function contentHash(classes: readonly string[], training: ImagePart, test: ImagePart): string {
  const { shape } = training;
  const hash = beginContentHash({ classes, shape, trainingCount: training.count, testCount: test.count });
  for (const part of [training, test]) hash.update(labelBytes(part.labels)).update(part.images);
  return hash.digest('hex');
}

/** The labels as they are stored: 16-bit unsigned, least significant byte first. */
export function labelBytes(labels: Uint16Array): Buffer {
  const bytes = Buffer.alloc(labels.length * 2);
  for (const [index, label] of labels.entries()) bytes.writeUInt16LE(label, index * 2);
  return bytes;
}
