import { boundsOf, RANGES, tInterval } from '../../../src-shared/statistics/interval.ts';
import { rankCorrelation, type Ranks, ranksOf } from './rank-correlation.ts';

export interface MapLikeness {
  /** Mean over the images of Spearman's correlation over the places; null where none is counted. */
  readonly value: number | null;
  /** 95 % t interval over the images. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Images of which neither map is constant: without ranks there is no correlation. */
  readonly counted: number;
}

/**
 * How much the maps of images are like other maps of them, image by image, by the ranks of their places.
 * @param others their ranks: many maps are compared with the same ones
 */
export function mapLikeness(maps: readonly Float32Array[], others: readonly Ranks[]): MapLikeness {
  const correlations = maps
    .map((map, image) => rankCorrelation(ranksOf(map), others[image] ?? null))
    .filter((value) => value !== null);
  const interval = tInterval(correlations, { range: RANGES['signed share'] });
  return { value: interval.mean, interval: boundsOf(interval), counted: correlations.length };
}
