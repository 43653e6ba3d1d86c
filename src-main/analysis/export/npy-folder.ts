import { join } from 'node:path';
import { requireRoom } from '../../files/disk-full.ts';
import { npyHeader } from '../../files/npy-header.ts';
import { ScratchFile } from '../../files/scratch-file.ts';
import {
  bytesOf,
  type FeatureFiles,
  featuresInFile,
  type FeatureShape,
  type GrowingFeatures,
} from '../feature-storage.ts';

export interface NpyFile {
  readonly file: string;
  /** Of one image's features. */
  readonly axes: readonly number[];
}

/** Features that stay: a NumPy file for each layer, to which rows are added as they are computed. */
export class NpyFolder implements FeatureFiles {
  readonly #folder: string;
  readonly #fileOf: (layer: string) => NpyFile;
  readonly #onProgress: (share: number) => void;

  constructor(folder: string, fileOf: (layer: string) => NpyFile, onProgress: (share: number) => void) {
    this.#folder = folder;
    this.#fileOf = fileOf;
    this.#onProgress = onProgress;
  }

  room(): number {
    return Infinity;
  }

  open(shapes: readonly FeatureShape[]): GrowingFeatures[] {
    const needed = shapes.reduce((sum, shape) => sum + bytesOf(shape), 0);
    requireRoom(this.#folder, needed);
    let written = 0;
    return shapes.map((shape) => {
      const { file, axes } = this.#fileOf(shape.layer);
      const header = npyHeader('<f4', [shape.rows, ...axes]);
      const kept = new ScratchFile(join(this.#folder, file), true);
      kept.append(header);
      const features = featuresInFile(shape, kept, {
        ...{ folder: this.#folder, needed, begin: header.length },
      });
      const append = (values: Float32Array): void => {
        features.append(values);
        written += values.byteLength;
        this.#onProgress(written / needed);
      };
      return { ...features, append };
    });
  }
}
