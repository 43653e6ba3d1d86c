import { randomStream } from '../random.ts';

/** More pairs than this have too many sign patterns to try them all. */
const MOST_EXACT_PAIRS = 20;
const DRAWS = 9999;

export interface SignFlipTest {
  /** Pairs. */
  readonly n: number;
  /** Two-sided. */
  readonly p: number;
  /** Whether all 2^n patterns were tried; else p is from 9,999 patterns drawn at random, always the same. */
  readonly exact: boolean;
}

/**
 * Permutation test of paired differences: under the hypothesis that the two sides are alike, each difference could
 * as well have the other sign. p is the share of the sign patterns whose sum is at least as far from zero as the one
 * observed.
 *
 * @returns null without pairs, or where a difference is not finite.
 */
export function signFlipTest(differences: readonly number[]): SignFlipTest | null {
  const n = differences.length;
  if (n === 0 || !differences.every(Number.isFinite)) return null;
  const exact = n <= MOST_EXACT_PAIRS;
  const p = exact ? exactShare(differences) : drawnShare(differences);
  return { n, p, exact };
}

/** The least two-sided p that all 2^n sign patterns of so many pairs can give, however large the differences are. */
export function leastSignFlipP(pairs: number): number {
  return 2 ** (1 - pairs);
}

/** The same of a one-sided test. */
export function leastOneSidedSignFlipP(pairs: number): number {
  return 2 ** -pairs;
}

/** How many pairs it takes before `leastSignFlipP` is below a level: 6 for 0.05. */
export function pairsNeeded(level: number): number {
  return Math.floor(1 - Math.log2(level)) + 1;
}

/**
 * The least two-sided p of the same test for samples that are not paired, whose values could as well be exchanged: of all
 * ways to divide them, one gives the greatest difference, or, between samples of one size, two.
 */
export function leastExchangeP(first: number, second: number): number {
  return Math.min(1, (first === second ? 2 : 1) * leastOneSidedExchangeP(first, second));
}

/** The same of a one-sided test. */
export function leastOneSidedExchangeP(first: number, second: number): number {
  let ways = 1;
  for (let taken = 1; taken <= first; taken++) ways *= (second + taken) / taken;
  return 1 / ways;
}

/** Patterns come in mirrored pairs, so that the first sign can stay; a Gray code changes one other at a time. */
function exactShare(differences: readonly number[]): number {
  const threshold = observed(differences);
  const signed = Float64Array.from(differences);
  const patterns = 2 ** (differences.length - 1);
  let sum = signed.reduce((total, value) => total + value, 0);
  let extreme = 0;
  for (let pattern = 1; pattern <= patterns; pattern++) {
    if (Math.abs(sum) >= threshold) extreme += 1;
    const place = 1 + (31 - Math.clz32(pattern & -pattern));
    const value = signed[place] ?? 0;
    sum -= 2 * value;
    signed[place] = -value;
  }
  return extreme / patterns;
}

/** The observed pattern counts as one of the draws, so that p is never zero. */
function drawnShare(differences: readonly number[]): number {
  const threshold = observed(differences);
  const stream = randomStream(0, 'sign flips');
  const sums = signedSums(differences);
  let extreme = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    let bits = 0;
    let sum = 0;
    for (let block = 0; block < sums.length; block++) {
      if (block % 4 === 0) bits = stream.bits();
      sum += sums[block]?.[(bits >>> (8 * (block % 4))) & 255] ?? 0;
    }
    if (Math.abs(sum) >= threshold) extreme += 1;
  }
  return extreme / (DRAWS + 1);
}

/** Of each eight values the sums by the eight bits of their signs: a draw adds up a few of these. */
function signedSums(values: readonly number[]): Float64Array[] {
  return Array.from({ length: Math.ceil(values.length / 8) }, (_, block) => {
    const own = values.slice(8 * block, 8 * block + 8);
    return Float64Array.from({ length: 256 }, (__, signs) =>
      own.reduce((sum, value, place) => (((signs >>> place) & 1) === 0 ? sum + value : sum - value), 0),
    );
  });
}

/** A hair below the observed sum, so that patterns which equal it but for rounding count. */
function observed(differences: readonly number[]): number {
  const sum = Math.abs(differences.reduce((total, value) => total + value, 0));
  const scale = differences.reduce((total, value) => total + Math.abs(value), 0);
  return sum - 1e-9 * scale;
}
