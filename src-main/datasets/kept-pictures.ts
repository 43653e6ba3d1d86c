import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readAt } from '../files/read-at.ts';
import { damagedDataset } from './damaged-dataset.ts';

/**
 * The pictures of a training part as they came, from which training cuts its crops: their files one behind the other in
 * `pictures.bin`, and `pictures.index`, a record for each image of the part, in its order. Two images may share a picture.
 * The index is hashed with the data set, and holds the hash of each picture, which is checked whenever it is read: a set
 * that is larger than memory is not read as a whole before each training.
 */
export const PICTURES_FILE = 'pictures.bin';
export const PICTURES_INDEX = 'pictures.index';

/** A record: place (64 bits), bytes, width and height (32 bits each, all least significant byte first), SHA-256. */
const RECORD = 8 + 3 * 4 + 32;

/** Where a picture lies and what it is. */
export interface KeptPicture {
  readonly at: number;
  readonly bytes: number;
  /** Pixels, upright as its EXIF orientation says. */
  readonly width: number;
  readonly height: number;
  readonly sha256: Uint8Array;
}

/** The pictures of a data set; can be passed to a thread without a copy. */
export interface KeptPictures {
  /** Folder of the data set. */
  readonly folder: string;
  readonly index: Uint8Array;
}

/** The index of pictures in the order of the images. */
export function indexOf(pictures: readonly KeptPicture[]): Buffer {
  const index = Buffer.alloc(pictures.length * RECORD);
  for (const [place, { at, bytes, width, height, sha256 }] of pictures.entries()) {
    const start = place * RECORD;
    index.writeBigUInt64LE(BigInt(at), start);
    for (const [field, value] of [bytes, width, height].entries())
      index.writeUInt32LE(value, start + 8 + 4 * field);
    index.set(sha256, start + RECORD - 32);
  }
  return index;
}

/**
 * Reads the index and checks it, and the size of the file of the pictures.
 * @param hash of the index, hexadecimal
 * @throws Problem `data-invalid` if one is missing or not the one that was written
 */
export function openPictures(folder: string, count: number, hash: string): KeptPictures {
  const file = path.join(folder, PICTURES_INDEX);
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size;
  if (size !== count * RECORD)
    throw damagedDataset(
      folder,
      `${PICTURES_INDEX} ${size === undefined ? 'is missing' : `has ${size} bytes, not ${count * RECORD}`}`,
    );
  const index = new Uint8Array(new SharedArrayBuffer(size));
  index.set(fs.readFileSync(file));
  if (createHash('sha256').update(index).digest('hex') !== hash)
    throw damagedDataset(folder, `${PICTURES_INDEX} has changed since the data set was added`);
  const pictures = { folder, index };
  const ends = Array.from({ length: count }, (_, image) => endOf(recordOf(pictures, image)));
  const expected = ends.reduce((most, end) => Math.max(most, end), 0);
  const found = fs.statSync(path.join(folder, PICTURES_FILE), { throwIfNoEntry: false })?.size ?? 0;
  if (found !== expected)
    throw damagedDataset(folder, `${PICTURES_FILE} has ${found} bytes, not ${expected}`);
  return pictures;
}

function endOf({ at, bytes }: KeptPicture): number {
  return at + bytes;
}

/** What the index says of the picture of an image. */
export function recordOf({ index }: KeptPictures, image: number): KeptPicture {
  const start = image * RECORD;
  const view = new DataView(index.buffer, index.byteOffset + start, RECORD);
  const [bytes, width, height] = [8, 12, 16].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
  ];
  const at = Number(view.getBigUint64(0, true));
  return { at, bytes, width, height, sha256: index.subarray(start + RECORD - 32, start + RECORD) };
}

/** Reads pictures of an open data set. Whoever opens one closes it. */
export class PictureReader {
  readonly #pictures: KeptPictures;
  readonly #handle: number;

  constructor(pictures: KeptPictures) {
    this.#pictures = pictures;
    this.#handle = fs.openSync(path.join(pictures.folder, PICTURES_FILE), 'r');
  }

  /** The file of an image's picture. @throws Problem `data-invalid` if it has changed since it was added */
  read(image: number): Buffer {
    const { at, bytes, sha256 } = recordOf(this.#pictures, image);
    const content = Buffer.allocUnsafe(bytes);
    readAt(this.#handle, content, at);
    if (createHash('sha256').update(content).digest().equals(sha256)) return content;
    throw damagedDataset(
      this.#pictures.folder,
      `the picture of training image ${image} has changed since it was added (bytes ${at} to ${at + bytes} of ${PICTURES_FILE})`,
    );
  }

  close(): void {
    fs.closeSync(this.#handle);
  }
}
