import { counted } from '../counted.ts';
import { MOST_SEEDS } from '../most-seeds.ts';
import { percent, roundedTo, whole } from '../numbers.ts';
import {
  equivalencePowerOf,
  leastSeeds,
  type PlannedTest,
  powerOf,
  seedsForEquivalence,
  seedsForPower,
  smallestDifference,
} from './planned-test.ts';

/** What is asked of the seeds of a study; differences, margins and deviations are in one unit. */
export interface SeedQuestion extends Omit<PlannedTest, 'deviation'> {
  /** The true difference that is to be found. */
  readonly difference: number;
  /** From 0 to 1. */
  readonly power: number;
  /** Of equivalence; null where that is not asked. */
  readonly margin: number | null;
  /** Of each of the two cells. */
  readonly seeds: number;
}

/** What is answered for one standard deviation. */
export interface SeedAnswer {
  /** As `PlannedTest` has it. */
  readonly deviation: number;
  /** Of the seeds that there are, to find the difference. */
  readonly power: number;
  /** The fewest seeds with the power that is wanted; null for more than any study has. */
  readonly seedsNeeded: number | null;
  /** What the seeds that there are find with the power that is wanted; null where they find nothing. */
  readonly smallestDifference: number | null;
  /** Of cells that do not differ, within the margin; null without one. */
  readonly equivalence: { readonly power: number; readonly seedsNeeded: number | null } | null;
}

/** What a number of seeds can show, for each of these standard deviations. */
export function planSeeds(question: SeedQuestion, deviations: readonly number[]): SeedAnswer[] {
  const { difference, power, margin, seeds } = question;
  return deviations.map((deviation) => {
    const test = { ...question, deviation };
    return {
      deviation,
      power: powerOf(test, difference, seeds),
      seedsNeeded: seedsForPower(test, difference, power),
      smallestDifference: smallestDifference(test, seeds, power),
      equivalence:
        margin === null
          ? null
          : {
              power: equivalencePowerOf(test, margin, seeds),
              seedsNeeded: seedsForEquivalence(test, margin, power),
            },
    };
  });
}

/** Of paired differences, from that of the values of a cell and the correlation of two cells over the seeds they share. */
export function pairedDeviation(within: number, correlation: number): number {
  return within * Math.sqrt(2 * (1 - correlation));
}

/** In percent; no power is certain. */
export function powerText(power: number): string {
  return power >= 0.9995 ? '> 99.9\u00a0%' : percent(power);
}

/** Without their noun. */
export function seedsNeededText(seeds: SeedAnswer['seedsNeeded']): string {
  return seeds === null ? `more than ${whole(MOST_SEEDS)}` : whole(seeds);
}

/** How it is tested, and what limits that; for people. */
export function seedNotes({ seeds, ...test }: SeedQuestion): string[] {
  const { isPaired, comparisons, alpha } = test;
  const least = leastSeeds(test);
  return [
    isPaired
      ? 'Two-sided paired t test over the seeds that two cells share, as differences are tested here.'
      : "Two-sided unpaired t test of cells with the same variance (Welch's test then has as many degrees of freedom, or fewer).",
    comparisons === 1
      ? `One comparison at ${alpha}.`
      : `${comparisons} comparisons at ${alpha} together: the power is that of one of them at ${roundedTo(alpha / comparisons, 3)}, the first step of Holm's method and thus the least.`,
    seeds < least
      ? `With ${counted(seeds, 'seed')} nothing can be significant, however large: an exact test of ${comparisons === 1 ? 'it' : 'so many comparisons'} takes ${least} seeds.`
      : '',
  ].filter(Boolean);
}

/** Where a rule adds seeds. */
export const RULE_NOTE =
  'The seeds are those of the first stage, which every cell gets; those that the rule adds are not counted.';
