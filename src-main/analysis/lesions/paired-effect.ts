import { boundsOf, tInterval } from '../../../src-shared/statistics/interval.ts';
import type { ImageScores } from './score-changes.ts';

/** The mean of a difference over images, with its 95 % t interval over them. */
export interface Effect {
  readonly value: number;
  readonly interval: readonly [low: number, high: number] | null;
}

export interface Effects {
  /** Share of the images that are right in the intact network less that in the changed one. */
  readonly accuracyLost: Effect;
  /** Mean cross-entropy in the changed network less that in the intact one. */
  readonly lossAdded: Effect;
}

/**
 * What a change costs. Both networks see the same images, so the differences are taken image by image: what makes an
 * image hard for both is no part of the interval.
 */
export function pairedEffects(intact: ImageScores, changed: ImageScores): Effects {
  return averagedEffects(intact, [changed]);
}

/** The same for the mean over several changes of one kind, such as several draws of fresh weights. */
export function averagedEffects(intact: ImageScores, changes: readonly ImageScores[]): Effects {
  const average = (of: (scores: ImageScores, image: number) => number, image: number): number =>
    changes.reduce((sum, scores) => sum + of(scores, image), 0) / changes.length;
  const lossOf = ({ losses }: ImageScores, image: number): number => losses[image] ?? NaN;
  const correctOf = ({ correct }: ImageScores, image: number): number => correct[image] ?? NaN;
  const images = Array.from(intact.losses.keys());
  return {
    accuracyLost: effectOf(images.map((image) => correctOf(intact, image) - average(correctOf, image))),
    lossAdded: effectOf(images.map((image) => average(lossOf, image) - lossOf(intact, image))),
  };
}

/** An effect per so much of something; null where there is none of it. */
export function scaled(effect: Effect, factor: number): Effect | null {
  if (!Number.isFinite(factor)) return null;
  const { value, interval } = effect;
  return { value: value * factor, interval: interval && [interval[0] * factor, interval[1] * factor] };
}

function effectOf(differences: readonly number[]): Effect {
  const interval = tInterval(differences);
  return { value: interval.mean ?? NaN, interval: boundsOf(interval) };
}
