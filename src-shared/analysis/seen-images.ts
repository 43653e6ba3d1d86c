import type { Analysis } from './analysis-result.ts';

/** Settings that name the images on which an imported network was looked at. */
export const IMAGES_SEEN = ['data', 'dataHash'];

/** Images on which an imported network was looked at. */
export interface SeenImages {
  /** Tells them apart. */
  readonly key: string;
  /** The data set, or the folder of the pictures. */
  readonly title: string;
}

/** On which images an analysis of an imported network is; null for one of a run, which has those of its training. */
export function seenImages({ settings }: Pick<Analysis, 'settings'>): SeenImages | null {
  const { data, dataHash } = settings;
  if (typeof data !== 'string' || typeof dataHash !== 'string') return null;
  return { key: `${data}\n${dataHash}`, title: data };
}

/** All that analyses were on, those of the newest first. The same folder with other pictures is told apart by their hash. */
export function allSeenImages(analyses: readonly Analysis[]): SeenImages[] {
  const newestFirst = analyses.toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  const byKey = new Map(
    newestFirst.flatMap((each) => seenImages(each) ?? []).map((seen) => [seen.key, seen]),
  );
  const all = [...byKey.values()];
  return all.map(({ key, title }) => {
    const isAlone = all.every((other) => other.title !== title || other.key === key);
    return { key, title: isAlone ? title : `${title} (${key.slice(title.length + 1, title.length + 9)})` };
  });
}
