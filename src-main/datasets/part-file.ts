import type { Hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { damagedDataset } from './damaged-dataset.ts';
import { readAt } from '../files/read-at.ts';
import type { DatasetDescription, ImagePart, ImagesInFile } from './dataset.ts';
import { readPieces } from './read-pieces.ts';

/** Bytes of the images of a part that are kept in memory. Every process has its own copy; those in a file are read by all. */
const KEPT_IN_MEMORY = 2 ** 29;

/** Labels have 16 bits. */
export const MOST_CLASSES = 2 ** 16;

/** Images of a part, however small. */
export const MOST_IMAGES = 2 ** 26;

export type PartName = 'training' | 'test';

/** One part of a prepared folder, as it lies on disk: its labels, two bytes each, then its images. */
export interface PartFile {
  readonly folder: string;
  readonly name: PartName;
  readonly description: DatasetDescription;
}

function countOf({ name, description }: PartFile): number {
  return name === 'training' ? description.trainingCount : description.testCount;
}

/**
 * @returns the file's bytes
 * @throws Problem `data-invalid` if the file is missing or of another size than its description says
 */
export function checkSize(part: PartFile): number {
  const { folder, name, description } = part;
  const { shape } = description;
  const count = countOf(part);
  const expected = count * (2 + shape[0] * shape[1] * shape[2]);
  const found = fs.statSync(path.join(folder, `${name}.bin`), { throwIfNoEntry: false })?.size;
  if (found === undefined) throw damagedDataset(folder, `${name}.bin is missing`);
  if (found === expected) return expected;
  const what = found < expected ? 'truncated' : 'too long';
  const images = `${count} images of ${shape.join('x')}`;
  throw damagedDataset(
    folder,
    `${name}.bin is ${what}: expected ${expected} bytes (${images}), found ${found}`,
  );
}

/**
 * Reads all of a part and hashes it on the way. A part that is not too large is kept in shared memory, where every thread
 * sees it without a copy; the images of a larger one stay in their file.
 * @throws Problem `data-invalid` if the file is missing, of a wrong size, or has a label out of range
 */
export function readPart(part: PartFile, hash: Hash, keptInMemory = KEPT_IN_MEMORY): ImagePart {
  const count = countOf(part);
  const bytes = checkSize(part);
  const isKept = bytes <= keptInMemory;
  const content = new Uint8Array(new SharedArrayBuffer(isKept ? bytes : count * 2));
  readWhole(part, bytes, (piece, at) => {
    if (at < content.length) content.set(piece.subarray(0, content.length - at), at);
    hash.update(piece);
  });
  const labelled = { count, shape: part.description.shape, labels: readLabels(part, content, count) };
  if (isKept) return { ...labelled, images: content.subarray(count * 2) };
  return { ...labelled, file: path.join(part.folder, `${part.name}.bin`), at: count * 2 };
}

/**
 * A part whose images stay in their file and were not hashed, as that takes reading all of it: for people to look at some,
 * not for anything that is recorded with the hash.
 * @throws Problem `data-invalid` if the file is missing, of a wrong size, or has a label out of range
 */
export function glanceAtPart(part: PartFile): ImagesInFile {
  const count = countOf(part);
  checkSize(part);
  const file = path.join(part.folder, `${part.name}.bin`);
  const content = new Uint8Array(count * 2);
  const handle = fs.openSync(file, 'r');
  try {
    readAt(handle, content, 0);
  } finally {
    fs.closeSync(handle);
  }
  const labels = readLabels(part, content, count);
  return { count, shape: part.description.shape, labels, file, at: count * 2 };
}

/** Hashes a part without keeping it. @throws Problem `data-invalid` if the file is missing or of a wrong size */
export function hashPart(part: PartFile, hash: Hash): void {
  readWhole(part, checkSize(part), (piece) => {
    hash.update(piece);
  });
}

function readWhole(
  { folder, name }: PartFile,
  bytes: number,
  onPiece: (piece: Uint8Array, at: number) => void,
): void {
  const read = readPieces(path.join(folder, `${name}.bin`), bytes, onPiece);
  if (read < bytes) throw damagedDataset(folder, `${name}.bin ended after ${read} of ${bytes} bytes`);
}

function readLabels(
  { folder, name, description }: PartFile,
  content: Uint8Array,
  count: number,
): Uint16Array {
  const classes = description.classes.length;
  const view = new DataView(content.buffer, content.byteOffset, count * 2);
  const labels = new Uint16Array(new SharedArrayBuffer(count * 2));
  for (let index = 0; index < count; index++) {
    const label = view.getUint16(index * 2, true);
    if (label >= classes) {
      throw damagedDataset(
        folder,
        `${name}.bin: image ${index} has label ${label}, but there are ${classes} classes`,
      );
    }
    labels[index] = label;
  }
  return labels;
}
