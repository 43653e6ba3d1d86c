import type { Features } from './subject.ts';

/** Bytes of features that are kept; those of SqueezeNet 1.1 for 2,000 images take 52 MB for each pooling and weights. */
const KEPT_BYTES = 2 ** 30;

/** Remembers the features of all runs within a limit; those not asked for longest go first. */
export class FeatureMemory {
  readonly #known = new Map<string, readonly Features[]>();

  /** What cannot be computed, or is cancelled on the way, is not remembered. */
  async get(key: string, compute: () => Promise<readonly Features[]>): Promise<readonly Features[]> {
    const features = this.#known.get(key) ?? (await compute());
    // Taken out and put in again, so that the first one is the one not used for longest.
    this.#known.delete(key);
    this.#known.set(key, features);
    let total = [...this.#known.values()].flat().reduce((sum, { values }) => sum + values.byteLength, 0);
    for (const [other, list] of this.#known) {
      if (total <= KEPT_BYTES || other === key) break;
      this.#known.delete(other);
      total -= list.reduce((sum, { values }) => sum + values.byteLength, 0);
    }
    return features;
  }
}
