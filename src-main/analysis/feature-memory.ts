import { LRUCache } from 'lru-cache';
import type { Features } from './subject.ts';

/** Bytes of features that are kept; those of SqueezeNet 1.1 for 2,000 images take 52 MB for each pooling and weights. */
const KEPT_BYTES = 2 ** 30;

/** Remembers the features of all runs within a limit; those not asked for longest go first. */
export class FeatureMemory {
  readonly #known: LRUCache<string, readonly Features[]>;

  constructor(keptBytes = KEPT_BYTES) {
    this.#known = new LRUCache({
      maxSize: keptBytes,
      // features larger than the limit are kept by themselves
      sizeCalculation: (features) => Math.min(bytesOf(features), keptBytes),
    });
  }

  /** What cannot be computed, or is cancelled on the way, is not remembered. */
  async get(key: string, compute: () => Promise<readonly Features[]>): Promise<readonly Features[]> {
    const known = this.#known.get(key);
    if (known) return known;
    const features = await compute();
    this.#known.set(key, features);
    return features;
  }
}

/** At least one, which is the least that the cache counts. */
function bytesOf(features: readonly Features[]): number {
  return Math.max(
    1,
    features.reduce((sum, { values }) => sum + values.byteLength, 0),
  );
}
