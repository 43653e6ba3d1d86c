import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freeBytes, isDiskFull, requireRoom, tooLittleRoom } from '../files/disk-full.ts';
import { ScratchFile } from '../files/scratch-file.ts';
import { removeUnfinished, unfinishedPath } from '../files/unfinished-files.ts';
import type { Matrix } from './measures/matrix.ts';
import { sourceOf } from './measures/matrix-source.ts';
import type { Features } from './subject.ts';

/** Bytes of the features of one pass that stay in memory. */
export const IN_MEMORY = 2 ** 28;

/** Share of the free disk that a pass may fill: the features of two weights are looked at side by side. */
const SHARE_OF_DISK = 1 / 4;

export type FeatureShape = Pick<Features, 'layer' | 'rows' | 'columns'>;

/** Features that are still to come, row by row. */
export interface GrowingFeatures extends Features {
  /** Adds rows at the end. @throws Problem `disk-full` */
  append(values: Float32Array): void;
}

/** Where the features of a pass are put. */
export interface FeatureFiles {
  /** Bytes of features that one pass should not exceed. */
  room(): number;
  /** Room for the features of a pass. @throws Problem `disk-full` */
  open(shapes: readonly FeatureShape[]): GrowingFeatures[];
}

/**
 * Decides where the features of a pass are while they are needed: in memory if they are few, otherwise in files of a folder of
 * the home, one for each layer. The files have no names, so that nothing is left of them after a kill.
 */
export class FeatureStorage implements FeatureFiles {
  readonly #folder: string;
  readonly #inMemory: number;

  constructor(folder: string, inMemory: number = IN_MEMORY) {
    this.#folder = folder;
    this.#inMemory = inMemory;
  }

  room(): number {
    mkdirSync(this.#folder, { recursive: true });
    return roomOn(freeBytes(this.#folder), this.#inMemory);
  }

  open(shapes: readonly FeatureShape[]): GrowingFeatures[] {
    const bytes = shapes.reduce((sum, shape) => sum + bytesOf(shape), 0);
    if (bytes <= this.#inMemory) return shapes.map(featuresInMemory);
    mkdirSync(this.#folder, { recursive: true });
    removeUnfinished(this.#folder);
    requireRoom(this.#folder, bytes);
    return shapes.map((shape) =>
      featuresInFile(shape, new ScratchFile(unfinishedPath(join(this.#folder, 'features'))), {
        ...{ folder: this.#folder, needed: bytes },
      }),
    );
  }
}

/** Bytes of features that one pass should not exceed. @param free bytes of the disk */
export function roomOn(free: number, inMemory = IN_MEMORY): number {
  return Math.max(inMemory, free * SHARE_OF_DISK);
}

/** What features take, wherever they are. */
export function bytesOf({ rows, columns }: FeatureShape): number {
  return rows * columns * Float32Array.BYTES_PER_ELEMENT;
}

function featuresInMemory({ layer, rows, columns }: FeatureShape): GrowingFeatures {
  const values = new Float32Array(rows * columns);
  let end = 0;
  return {
    layer,
    ...sourceOf({ rows, columns, values }),
    append: (added) => {
      values.set(added, end);
      end += added.length;
    },
    close: () => undefined,
  };
}

export interface FileOfFeatures {
  readonly folder: string;
  /** Bytes of all features of the pass, for the message where they do not fit. */
  readonly needed: number;
  /** Bytes in the file before the features. */
  readonly begin?: number;
}

/** Features in a file, row by row. */
export function featuresInFile(
  { layer, rows, columns }: FeatureShape,
  file: ScratchFile,
  { folder, needed, begin = 0 }: FileOfFeatures,
): GrowingFeatures {
  const readColumns = (start: number, end: number): Matrix => {
    const width = end - start;
    const values = new Float32Array(rows * width);
    if (width === columns) file.read(begin, bytesIn(values));
    else
      for (let row = 0; row < rows; row++)
        file.read(
          begin + (row * columns + start) * Float32Array.BYTES_PER_ELEMENT,
          bytesIn(values.subarray(row * width, (row + 1) * width)),
        );
    return { rows, columns: width, values };
  };
  return {
    ...{ layer, rows, columns, readColumns },
    read: () => readColumns(0, columns),
    append: (added) => {
      try {
        file.append(bytesIn(added));
      } catch (error) {
        throw isDiskFull(error) ? tooLittleRoom(folder, needed) : error;
      }
    },
    close: () => file.close(),
  };
}

function bytesIn({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
