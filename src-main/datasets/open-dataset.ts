import type { Hash } from 'node:crypto';
import { beginContentHash } from './content-hash.ts';
import { damagedDataset } from './damaged-dataset.ts';
import type { DatasetDescription, ImagePart, ImagesInFile } from './dataset.ts';
import { readDescription } from './description-file.ts';
import { type KeptPictures, openPictures, PictureReader } from './kept-pictures.ts';
import { checkSize, glanceAtPart, hashPart, type PartFile, type PartName, readPart } from './part-file.ts';

/**
 * Opens a prepared folder and checks its description and the sizes of its files.
 * @throws Problem `data-missing` without dataset.json, `data-invalid` if something in it is damaged
 */
export function openDataset(folder: string): PreparedDataset {
  const dataset = new PreparedDataset(folder, readDescription(folder));
  dataset.checkSizes();
  return dataset;
}

/**
 * A prepared folder, opened. Nothing of the images is read until asked for, and nothing is handed out unchecked: what is
 * computed is recorded with the data's hash, so that must be the hash of the very bytes that were read.
 */
export class PreparedDataset {
  readonly folder: string;
  readonly description: DatasetDescription;
  /** The hash as it stands after the training part, from where that of the test part goes on. */
  #afterTraining: Hash | null = null;

  constructor(folder: string, description: DatasetDescription) {
    this.folder = folder;
    this.description = description;
  }

  /** @returns the bytes of both parts @throws Problem `data-invalid` if a file is missing or of a wrong size */
  checkSizes(): number {
    return checkSize(this.#part('training')) + checkSize(this.#part('test'));
  }

  /**
   * The pictures of the training part; null where none were kept.
   * @throws Problem `data-invalid` if their index is not the one in dataset.json or their file has another size
   */
  openPictures(): KeptPictures | null {
    const { pictures, trainingCount } = this.description;
    return pictures === null ? null : openPictures(this.folder, trainingCount, pictures);
  }

  /**
   * Reads the training part, into shared memory if it is not too large, so that a worker can see it without a copy.
   * @throws Problem `data-invalid` if a file is missing, of a wrong size, or has a label out of range, or if the hash of
   *   both parts is not the one in dataset.json
   */
  readTraining(): ImagePart {
    const hash = beginContentHash(this.description);
    const part = readPart(this.#part('training'), hash);
    this.#afterTraining = hash;
    this.#checkHash((rest) => hashPart(this.#part('test'), rest));
    return part;
  }

  /** Reads the test part. Throws as `readTraining` does. */
  readTest(): ImagePart {
    return this.#checkHash((rest) => readPart(this.#part('test'), rest));
  }

  /** A part for people to look at: nothing of it is checked but its size and labels. Throws as `glanceAtPart` does. */
  glanceAt(name: PartName): ImagesInFile {
    return glanceAtPart(this.#part(name));
  }

  /** Reads both parts and all pictures and keeps nothing. @throws Problem as `readTraining` does, labels aside */
  verify(): void {
    this.#afterTraining = null;
    this.#checkHash((rest) => hashPart(this.#part('test'), rest));
    const pictures = this.openPictures();
    if (pictures === null) return;
    const reader = new PictureReader(pictures);
    try {
      for (let image = 0; image < this.description.trainingCount; image++) reader.read(image);
    } finally {
      reader.close();
    }
  }

  /** What is read of the test part, if training part and test part have the hash of the description. */
  #checkHash<T>(readTest: (rest: Hash) => T): T {
    this.#afterTraining ??= this.#hashTraining();
    const hash = this.#afterTraining.copy();
    const read = readTest(hash);
    const found = hash.digest('hex');
    if (found === this.description.hash) return read;
    throw damagedDataset(
      this.folder,
      `its images or labels have changed since they were added (their hash is ${found}, dataset.json says ${this.description.hash})`,
    );
  }

  #hashTraining(): Hash {
    const hash = beginContentHash(this.description);
    hashPart(this.#part('training'), hash);
    return hash;
  }

  #part(name: PartName): PartFile {
    return { folder: this.folder, name, description: this.description };
  }
}
