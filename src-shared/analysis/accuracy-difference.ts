import { compareSeeds, type SeedComparison } from '../statistics/compare-seeds.ts';
import { mean } from '../statistics/interval.ts';
import { type BootstrapInterval, pairedBootstrap } from '../statistics/paired-bootstrap.ts';
import { rightImages } from './outcome-changes.ts';
import type { ImageOutcomes } from './outcomes.ts';

/** What a training with this seed predicts. */
export interface SeededOutcomes {
  readonly seed: number;
  readonly outcomes: ImageOutcomes;
}

/** How much more accurate one side is than the other on the same images: shares, first less second. */
export interface AccuracyDifference {
  readonly images: number;
  /** Mean over the trainings of each side. */
  readonly accuracies: readonly [first: number, second: number];
  readonly difference: number;
  /** For these trainings, over images; null where every image is as often right on both sides. */
  readonly overImages: BootstrapInterval | null;
  /** On these images, over the seeds. */
  readonly overSeeds: SeedComparison;
}

/**
 * Compares all trainings of two sides on the same images. The images are resampled with what all trainings predict for them, so
 * that pairs stay pairs; the seeds are compared as `compareSeeds` does.
 *
 * @throws Problem `usage` where the images are not the same
 */
export function accuracyDifference(
  first: readonly SeededOutcomes[],
  second: readonly SeededOutcomes[],
): AccuracyDifference {
  const [reference] = first;
  if (!reference || second.length === 0) throw new Error('a side has no training');
  const images = reference.outcomes.outcomes.length;
  const [one, other] = [first, second].map((side) => {
    const right = side.map(({ outcomes }) => rightImages(reference.outcomes, outcomes));
    return {
      seeds: side.map(({ seed }, place) => ({ seed, value: mean((right[place] ?? []).map(Number)) })),
      shares: Array.from({ length: images }, (_, image) => mean(right.map((each) => Number(each[image])))),
    };
  });
  if (!one || !other) throw new Error('there are two sides');
  const accuracies = [mean(one.shares), mean(other.shares)] as const;
  return {
    ...{ images, accuracies, difference: accuracies[0] - accuracies[1] },
    overImages: pairedBootstrap(one.shares.map((share, image) => share - (other.shares[image] ?? NaN))),
    overSeeds: compareSeeds(one.seeds, other.seeds),
  };
}
