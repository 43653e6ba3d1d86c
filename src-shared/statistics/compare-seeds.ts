import { counted } from '../counted.ts';
import { pairsNeeded, signFlipTest, type SignFlipTest } from './sign-flip-test.ts';
import { pairedTTest, welchTTest, type TTest } from './t-test.ts';

export interface SeedValue {
  readonly seed: number;
  readonly value: number;
}

export interface SeedDifference {
  readonly seed: number;
  /** First minus second. */
  readonly difference: number;
}

/** The difference of two cells: first minus second. */
export interface SeedComparison {
  /** `paired` where they share two seeds or more, else `unpaired` (Welch); `none` where neither is possible. */
  readonly method: 'paired' | 'unpaired' | 'none';
  /** Values behind the test: for a paired test the same pairs twice. */
  readonly n: readonly [first: number, second: number];
  /** One for each shared seed, by rising seed. */
  readonly differences: readonly SeedDifference[];
  readonly test: TTest | null;
  /** Of the pairs; null unless paired. */
  readonly signFlip: SignFlipTest | null;
  /** What a reader must know before believing the test, for people; empty where there is nothing. */
  readonly cautions: readonly string[];
}

/**
 * Compares a metric of two cells over their seeds, pairing by seed: runs with one seed share initialisation, order
 * and augmentation, so that their difference varies less than either. Each seed may stand once on a side.
 */
export function compareSeeds(
  first: readonly SeedValue[],
  second: readonly SeedValue[],
  level = 0.95,
): SeedComparison {
  const other = new Map(second.map(({ seed, value }) => [seed, value]));
  const differences = first
    .flatMap(({ seed, value }) => {
      const against = other.get(seed);
      return against === undefined ? [] : [{ seed, difference: value - against }];
    })
    .sort((a, b) => a.seed - b.seed);
  if (differences.length >= 2) return paired(differences, first.length, second.length, level);
  const test = welchTTest(values(first), values(second), level);
  return {
    method: test ? 'unpaired' : 'none',
    ...{ n: [first.length, second.length], differences, test, signFlip: null },
    cautions: [test ? unpairedCaution() : tooFewCaution(first.length, second.length)],
  };
}

function paired(
  differences: readonly SeedDifference[],
  first: number,
  second: number,
  level: number,
): SeedComparison {
  const pairs = differences.map(({ difference }) => difference);
  const n = pairs.length;
  const signFlip = signFlipTest(pairs);
  const cautions = [
    ...(signFlip && signFlip.smallestP >= 0.05 ? [tooFewPairs(signFlip)] : []),
    ...(first > n || second > n ? [`Only the ${n} seeds that both have are compared.`] : []),
  ];
  return {
    ...{ method: 'paired', n: [n, n], differences, signFlip, cautions },
    test: pairedTTest(pairs, level),
  };
}

function tooFewPairs({ n, smallestP }: SignFlipTest): string {
  return (
    `${counted(n, 'pair')} cannot reach p < 0.05 in a sign-flip test (the least possible is ${smallestP}); ` +
    `${pairsNeeded()} can.`
  );
}

function unpairedCaution(): string {
  return 'The cells share fewer than two seeds, so the test is unpaired (Welch) and sees less; give both the same seeds.';
}

function tooFewCaution(first: number, second: number): string {
  return first < 2 || second < 2
    ? `${counted(first, 'seed')} against ${second}: a test needs at least two complete seeds of each cell.`
    : 'The values do not vary from seed to seed, so there is nothing to test the difference against.';
}

function values(samples: readonly SeedValue[]): number[] {
  return samples.map(({ value }) => value);
}
