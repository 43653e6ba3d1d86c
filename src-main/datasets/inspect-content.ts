import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { ClassCounts } from '../../src-shared/datasets/class-counts.ts';
import { beginContentHash, type HashedDescription } from './content-hash.ts';
import { countLabels } from './count-labels.ts';
import { type DigestedImages, findRepeats, type Repeats } from './find-repeats.ts';
import type { PartName } from './part-file.ts';

/** What is found by reading both parts of a data set once, from their files. */
export interface Inspection {
  /** The data set's hash, hexadecimal. */
  readonly hash: string;
  readonly counts: ClassCounts;
  readonly repeats: Repeats;
}

export interface InspectionControl {
  /** Told of bytes read so far, and in all. */
  readonly onRead: (done: number, total: number) => void;
  /** Awaited between the pieces. */
  readonly pause: () => Promise<void>;
}

/** Bytes of a digest that are kept: enough that no two of a billion different images share them. */
const DIGEST = 16;

/** Bytes read at once. */
const PIECE = 1 << 24;

/** What is known of every image when both parts have been read. */
export interface ReadContent extends Pick<Inspection, 'hash' | 'counts'>, DigestedImages {}

/**
 * Reads `training.bin` and `test.bin` in a folder: hashes them, counts the labels, and finds images that are the same to
 * the last pixel. Takes some 30 bytes of memory for each image.
 */
export async function inspectContent(
  folder: string,
  description: HashedDescription,
  control: InspectionControl,
): Promise<Inspection> {
  const { hash, counts, ...images } = await readContent(folder, description, control);
  return { hash, counts, repeats: findRepeats(images) };
}

/**
 * Reads both parts in a folder once.
 * @param onImage given the bytes of each image, valid until it returns, its place, those of the training part first, and its label
 */
export async function readContent(
  folder: string,
  description: HashedDescription,
  control: InspectionControl,
  onImage: (image: Uint8Array, place: number, label: number) => void = () => undefined,
): Promise<ReadContent> {
  const { classes, shape, trainingCount, testCount } = description;
  const size = shape[0] * shape[1] * shape[2];
  const count = trainingCount + testCount;
  const hash = beginContentHash(description);
  const digests = Buffer.alloc(count * DIGEST);
  const labels = new Uint16Array(count);
  let read = 0;
  const inspect = async (name: PartName, images: number, first: number): Promise<number[]> => {
    const handle = fs.openSync(path.join(folder, `${name}.bin`), 'r');
    try {
      const labelPart = readExactly(handle, images * 2);
      hash.update(labelPart);
      for (let index = 0; index < images; index++) labels[first + index] = labelPart.readUInt16LE(index * 2);
      const atOnce = Math.max(1, Math.floor(PIECE / size));
      for (let index = 0; index < images; index += atOnce) {
        const piece = readExactly(handle, Math.min(atOnce, images - index) * size);
        hash.update(piece);
        for (let at = 0; at < piece.length; at += size) {
          const image = piece.subarray(at, at + size);
          const place = first + index + at / size;
          digestOf(image).copy(digests, place * DIGEST);
          onImage(image, place, labels[place] as number);
        }
        control.onRead((read += piece.length), count * size);
        await control.pause();
      }
      return countLabels(labels.subarray(first, first + images), classes.length);
    } finally {
      fs.closeSync(handle);
    }
  };
  const training = await inspect('training', trainingCount, 0);
  const test = await inspect('test', testCount, trainingCount);
  return {
    hash: hash.digest('hex'),
    counts: { training, test },
    ...{ digests, digestBytes: DIGEST, labels, trainingCount },
  };
}

function digestOf(image: Buffer): Buffer {
  return createHash('sha256').update(image).digest().subarray(0, DIGEST);
}

function readExactly(handle: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  for (let at = 0; at < bytes;) {
    const read = fs.readSync(handle, buffer, at, bytes - at, null);
    if (read === 0) throw new Error(`a part that was just written ends after ${at} of ${bytes} bytes`);
    at += read;
  }
  return buffer;
}
