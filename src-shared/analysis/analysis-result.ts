import type { RangeName } from '../statistics/interval.ts';
import type { MethodFamily } from './method-families.ts';

/** What a number depends on, e.g. images, features, clusters. */
export type AnalysisSettings = Readonly<Record<string, string | number | boolean | null>>;

/** One number that a method found about a trained run. */
export interface AnalysisResult {
  readonly method: string;
  /** Which of the method's numbers it is, e.g. `accuracy` or `selectivity` of `probe`. */
  readonly measure: string;
  /** Name of a layer, or of what the method takes apart (a module, a branch); null for the whole network. */
  readonly layer: string | null;
  readonly role: string | null;
  /** Counted from 0; null for the whole layer. */
  readonly channel: number | null;
  /** What the layer is compared with, where the number is one of a pair: a layer of this run or of another. */
  readonly other?: { readonly run: string; readonly layer: string };
  /** Null where it is not defined, e.g. for a layer whose units are all dead. */
  readonly value: number | null;
  /** 95 % interval over what the method repeats (folds, permutations, images); null where nothing is repeated. */
  readonly interval: readonly [low: number, high: number] | null;
  /** The same number where it must say little, by name: `untrained`, `shuffled labels`, `random`, `other seeds`. */
  readonly baselines: Readonly<Record<string, number | null>>;
  readonly settings: AnalysisSettings;
}

/** A picture or an array beside the numbers, kept as a file. */
export interface AnalysisFile {
  /** Name of the file, unique within the method's output: `fire2-expand3x3-maps.png`. */
  readonly file: string;
  readonly kind: 'picture' | 'array';
  readonly mediaType: string;
  readonly layer: string | null;
  /** What it shows, for a caption. */
  readonly title: string;
}

/** What is known about one run by one method with one set of settings. */
export interface Analysis {
  readonly run: string;
  readonly method: string;
  readonly settings: AnalysisSettings;
  readonly results: readonly AnalysisResult[];
  readonly files: readonly AnalysisFile[];
  readonly seconds: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** That something is known, without what it is. */
export type KnownAnalysis = Pick<Analysis, 'run' | 'method' | 'settings' | 'createdAt'>;

/** What one number is of: the network, a layer, a channel of it, two layers of one run, or one layer in two runs. */
export type ResultScope = 'network' | 'layer' | 'channel' | 'pair of layers' | 'pair of runs';

export interface MeasureDescription {
  readonly name: string;
  readonly title: string;
  readonly kind: 'share' | 'number' | 'count' | 'bytes';
  /** What its numbers can be, where it is not what the kind says: shares are from 0 to 1, counts and bytes not negative. */
  readonly range?: RangeName;
  /** Words for an axis that say the unit, e.g. `cross-entropy / ln(classes)`. */
  readonly axis: string;
  /** What its numbers are of; of layers, unless it is said. */
  readonly scopes?: readonly ResultScope[];
  /** Each run's number is the mean over its pairs with the cell's other seeds, so that the runs share what they are of. */
  readonly isOverSeeds?: true;
}

/** What `kindling analyze --list` and the page know of a method. */
export interface MethodDescription {
  readonly name: string;
  readonly title: string;
  readonly family: MethodFamily;
  /** One sentence: what it tells. */
  readonly about: string;
  /** What its intervals are over, and which scatter they or numbers without one do not show; empty without numbers. */
  readonly scatter: string;
  readonly measures: readonly MeasureDescription[];
}
