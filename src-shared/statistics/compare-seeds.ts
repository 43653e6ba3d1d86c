import { counted } from '../counted.ts';
import {
  leastExchangeP,
  leastOneSidedExchangeP,
  leastOneSidedSignFlipP,
  leastSignFlipP,
  signFlipTest,
  type SignFlipTest,
} from './sign-flip-test.ts';
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
  /** Null where there is nothing to test the difference against; `cautions` says why. */
  readonly test: TTest | null;
  /** Of the pairs; null unless paired. Worked out when it is asked for: of very many comparisons few are looked at. */
  readonly signFlip: SignFlipTest | null;
  /**
   * The least p that an exact test of so many values can give: by flipping the signs of pairs, or by exchanging values
   * that are not paired. Null where there is no test.
   */
  readonly leastP: number | null;
  /** The same of one-sided tests, such as those of equivalence. */
  readonly leastOneSidedP: number | null;
  /** What a reader must know before believing the test, for people; empty where there is nothing. */
  readonly cautions: readonly string[];
}

/**
 * Compares a metric of two cells over their seeds, pairing by seed: runs with one seed share initialisation, order
 * and augmentation, so that their difference varies less than either. Each seed may stand once on a side. Values that are
 * not finite are left out.
 *
 * @param options.firstStage where a rule added seeds to one of the cells, the seeds whose deviation decided about it in both: the
 *   deviation of their differences alone counts in a paired test. It is independent of the means, and so of how far these are apart.
 */
export function compareSeeds(
  first: readonly SeedValue[],
  second: readonly SeedValue[],
  {
    level = 0.95,
    firstStage,
  }: { readonly level?: number; readonly firstStage?: readonly number[] | undefined } = {},
): SeedComparison {
  const [one, two] = [first.filter(isFinite), second.filter(isFinite)];
  const other = new Map(two.map(({ seed, value }) => [seed, value]));
  const differences = one
    .flatMap(({ seed, value }) => {
      const against = other.get(seed);
      return against === undefined ? [] : [{ seed, difference: value - against }];
    })
    .sort((a, b) => a.seed - b.seed);
  const counts = [one.length, two.length] as const;
  if (differences.length >= 2) return paired(differences, counts, { level, firstStage });
  const test = welchTTest(values(one), values(two), level);
  return {
    method: test ? 'unpaired' : 'none',
    ...{ n: counts, differences, test, signFlip: null },
    leastP: test && leastExchangeP(...counts),
    leastOneSidedP: test && leastOneSidedExchangeP(...counts),
    cautions: [test ? UNPAIRED : tooFew(counts)],
  };
}

function paired(
  differences: readonly SeedDifference[],
  counts: readonly [number, number],
  { level, firstStage }: { readonly level: number; readonly firstStage: readonly number[] | undefined },
): SeedComparison {
  const pairs = differences.map(({ difference }) => difference);
  const n = pairs.length;
  const decisive = differences.filter(({ seed }) => firstStage?.includes(seed) ?? true);
  const test = pairedTTest(pairs, { level, firstStage: decisive.map(({ difference }) => difference) });
  let flipped: SignFlipTest | null = null;
  return {
    ...{ method: 'paired', n: [n, n], differences, test },
    get signFlip() {
      return (flipped ??= signFlipTest(pairs));
    },
    ...{ leastP: leastSignFlipP(n), leastOneSidedP: leastOneSidedSignFlipP(n) },
    cautions: [
      ...(test ? [] : [decisive.length < 2 ? FEW_DECISIVE : SAME_DIFFERENCE]),
      ...(decisive.length < n
        ? [
            `The seeds were added by a rule: the deviation is that of the ${decisive.length} seeds of the first stage.`,
          ]
        : []),
      ...(Math.max(...counts) > n ? [`Only the ${n} seeds that both cells have are compared.`] : []),
    ],
  };
}

const SAME_DIFFERENCE =
  'The difference is the same for every seed, so there is no variation to test it against.';
const FEW_DECISIVE =
  'The seeds were added by a rule, and the cells share fewer than two of its first stage: there is no deviation to test against.';
const UNPAIRED =
  'The cells share fewer than two seeds, so the test is unpaired (Welch) and has less power; use the same seeds for both.';

function tooFew([first, second]: readonly [number, number]): string {
  return first < 2 || second < 2
    ? `${counted(first, 'seed')} against ${second}: a test needs at least two complete seeds of each cell.`
    : 'The values do not vary from seed to seed, so there is nothing to test the difference against.';
}

function isFinite({ value }: SeedValue): boolean {
  return Number.isFinite(value);
}

function values(samples: readonly SeedValue[]): number[] {
  return samples.map(({ value }) => value);
}
