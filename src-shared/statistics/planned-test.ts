import { MOST_SEEDS } from '../most-seeds.ts';
import type { Estimate } from './equivalence-test.ts';
import { differencePower, equivalencePower } from './power.ts';
import {
  leastExchangeP,
  leastOneSidedExchangeP,
  leastOneSidedSignFlipP,
  leastSignFlipP,
} from './sign-flip-test.ts';

/** How two cells are going to be compared over their seeds, each with as many. */
export interface PlannedTest {
  /** Of the differences, if paired by seed; else of the values of a cell, taken to be the same in both. */
  readonly deviation: number;
  readonly isPaired: boolean;
  /** Of all comparisons together. */
  readonly alpha: number;
  /** Among so many is the one that is planned; Holm's method begins with alpha over their number. */
  readonly comparisons: number;
}

/**
 * Probability that a true difference is called significant: by the t test at alpha over the number of comparisons, which is
 * Holm's first step and thus the least that his method gives, and only where the exact test can be significant, too
 * (`judgeComparisons`).
 */
export function powerOf(test: PlannedTest, difference: number, seeds: number): number {
  return canBeSignificant(test, seeds) ? differencePower(truth(test, difference, seeds), alphaOf(test)) : 0;
}

/** How many seeds it takes before a comparison can be significant at all. */
export function leastSeeds(test: Omit<PlannedTest, 'deviation'>): number {
  let seeds = 2;
  while (!canBeSignificant(test, seeds)) seeds += 1;
  return seeds;
}

/** The fewest seeds with this power or more; null where it takes more than any study has. */
export function seedsForPower(test: PlannedTest, difference: number, power: number): number | null {
  return fewest((seeds) => powerOf(test, difference, seeds) >= power);
}

/** The least difference that so many seeds find with this power; null where they are too few to find any. */
export function smallestDifference(test: PlannedTest, seeds: number, power: number): number | null {
  if (!canBeSignificant(test, seeds)) return null;
  let [low, high] = [0, test.deviation];
  while (powerOf(test, high, seeds) < power) [low, high] = [high, 2 * high];
  while (high - low > 1e-10 * high) {
    const middle = (low + high) / 2;
    if (powerOf(test, middle, seeds) < power) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Probability that two cells without any difference are shown to differ by less than the margin: two one-sided tests, each at
 * alpha over the number of comparisons, Holm's first step, and only where the exact test could show it (`judgeEquivalence`).
 */
export function equivalencePowerOf(test: PlannedTest, margin: number, seeds: number): number {
  if (seeds < 2) return 0;
  const least = test.isPaired ? leastOneSidedSignFlipP(seeds) : leastOneSidedExchangeP(seeds, seeds);
  return least < alphaOf(test) ? equivalencePower(truth(test, 0, seeds), margin, alphaOf(test)) : 0;
}

/** The fewest seeds with which cells that do not differ are shown not to, with this power or more. */
export function seedsForEquivalence(test: PlannedTest, margin: number, power: number): number | null {
  return fewest((seeds) => equivalencePowerOf(test, margin, seeds) >= power);
}

function alphaOf({ alpha, comparisons }: Omit<PlannedTest, 'deviation'>): number {
  return alpha / comparisons;
}

function canBeSignificant(test: Omit<PlannedTest, 'deviation'>, seeds: number): boolean {
  if (seeds < 2) return false;
  return (test.isPaired ? leastSignFlipP(seeds) : leastExchangeP(seeds, seeds)) < alphaOf(test);
}

/** Unpaired, the variances are taken to be the same, where Welch's test has the degrees of freedom of Student's. */
function truth({ deviation, isPaired }: PlannedTest, difference: number, seeds: number): Estimate {
  return isPaired
    ? { difference, standardError: deviation / Math.sqrt(seeds), degreesOfFreedom: seeds - 1 }
    : { difference, standardError: deviation * Math.sqrt(2 / seeds), degreesOfFreedom: 2 * (seeds - 1) };
}

/** The first of 2, 3, … for which it holds, given that it then holds for all that follow. */
function fewest(isEnough: (seeds: number) => boolean): number | null {
  let [low, high] = [1, 2];
  while (!isEnough(high)) {
    if (high === MOST_SEEDS) return null;
    [low, high] = [high, Math.min(2 * high, MOST_SEEDS)];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
