import type { KnownAnalysis } from './analysis-result.ts';

/** Settings that name the images on which an imported network was looked at, and what was made of them if that was set. */
export const IMAGES_SEEN = ['data', 'dataHash', 'preprocessing'];

/** Images on which an imported network was looked at. */
export interface SeenImages {
  /** Tells them apart. */
  readonly key: string;
  /** The data set or the folder of the pictures, and what was made of these if that was set. */
  readonly title: string;
  /** The data set or the folder alone. */
  readonly data: string;
  readonly hash: string;
}

/** On which images an analysis of an imported network is; null for one of a run, which has those of its training. */
export function seenImages({ settings }: Pick<KnownAnalysis, 'settings'>): SeenImages | null {
  const { data, dataHash: hash, preprocessing } = settings;
  if (typeof data !== 'string' || typeof hash !== 'string') return null;
  const title = typeof preprocessing === 'string' ? `${data} (${preprocessing})` : data;
  return { key: `${title}\n${hash}`, title, data, hash };
}

/** All that analyses were on, those of the newest first. The same folder with other pictures is told apart by their hash. */
export function allSeenImages(analyses: readonly KnownAnalysis[]): SeenImages[] {
  const newestFirst = analyses.toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  const byKey = new Map(
    newestFirst.flatMap((each) => seenImages(each) ?? []).map((seen) => [seen.key, seen]),
  );
  const all = [...byKey.values()];
  return all.map((seen) => {
    const isAlone = all.every((other) => other.title !== seen.title || other.key === seen.key);
    return isAlone ? seen : { ...seen, title: `${seen.title} (${seen.hash.slice(0, 8)})` };
  });
}
