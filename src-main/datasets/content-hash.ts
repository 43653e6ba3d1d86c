import { createHash } from 'node:crypto';
import type { ImagePart } from './dataset.ts';

/** The labels as they are stored: 16-bit unsigned, least significant byte first. */
export function labelBytes(labels: Uint16Array): Buffer {
  const bytes = Buffer.alloc(labels.length * 2);
  for (const [index, label] of labels.entries()) bytes.writeUInt16LE(label, index * 2);
  return bytes;
}

/**
 * What a run's provenance records: SHA-256 (hexadecimal) over the class names and the image shape (as JSON),
 * then labels and images of the training part, then of the test part.
 */
export function contentHash(classes: readonly string[], training: ImagePart, test: ImagePart): string {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify({ classes, shape: training.shape, training: training.count, test: test.count }),
    'utf8',
  );
  for (const part of [training, test]) {
    hash.update(labelBytes(part.labels));
    // A view on shared memory is not accepted everywhere; hashing a copy of it in pieces is.
    const piece = 1 << 24;
    for (let at = 0; at < part.images.length; at += piece) hash.update(part.images.slice(at, at + piece));
  }
  return hash.digest('hex');
}
