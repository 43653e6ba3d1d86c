import { LRUCache } from 'lru-cache';
import { bytesOf } from './feature-storage.ts';
import type { Features } from './subject.ts';

/** Bytes of features that are kept; those of SqueezeNet 1.1 for 2,000 images take 52 MB for each pooling and weights. */
const KEPT_BYTES = 2 ** 30;

interface Remembered {
  readonly features: readonly Features[];
  /** The same, but who closes them leaves them as they are. */
  readonly shown: readonly Features[];
}

/** Remembers the features of all runs within a limit; those not asked for longest go first. */
export class FeatureMemory {
  readonly #known: LRUCache<string, Remembered>;
  /** No longer remembered, but perhaps still looked at. */
  readonly #forgotten: Features[] = [];

  constructor(keptBytes = KEPT_BYTES) {
    this.#known = new LRUCache({
      maxSize: keptBytes,
      // features larger than the limit are kept by themselves
      sizeCalculation: ({ features }) => Math.min(totalBytes(features), keptBytes),
      dispose: ({ features }) => void this.#forgotten.push(...features),
    });
  }

  /** What cannot be computed, or is cancelled on the way, is not remembered. */
  async get(key: string, compute: () => Promise<readonly Features[]>): Promise<readonly Features[]> {
    const known = this.#known.get(key);
    if (known) return known.shown;
    const features = await compute();
    const shown = features.map((each) => ({ ...each, close: () => undefined }));
    this.#known.set(key, { features, shown });
    return shown;
  }

  /** Lets go of what is forgotten; to be called when nobody looks at features any more. */
  closeForgotten(): void {
    for (const features of this.#forgotten.splice(0)) features.close();
  }
}

/** At least one, which is the least that the cache counts. */
function totalBytes(features: readonly Features[]): number {
  return Math.max(
    1,
    features.reduce((sum, each) => sum + bytesOf(each), 0),
  );
}
