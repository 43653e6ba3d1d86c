import { normalTail } from './tail-probability.ts';

/** The largest n for which p is exact, where there are no ties. */
const MOST_EXACT = 33;

export interface KendallTau {
  readonly n: number;
  readonly tau: number;
  /** Two-sided: exact for up to 33 pairs without ties, else by the normal approximation with ties. */
  readonly p: number;
  readonly exact: boolean;
}

/**
 * Kendall's tau-b, the agreement of two orders with ties (Kendall, "The treatment of ties in ranking problems", 1945).
 * The time grows with the square of the number of values.
 *
 * @returns null for fewer than two values, where one side is constant, or where a value is NaN.
 * @throws RangeError if the two lists differ in length.
 */
export function kendallTau(first: readonly number[], second: readonly number[]): KendallTau | null {
  const n = first.length;
  if (second.length !== n) throw new RangeError(`${n} values cannot be paired with ${second.length}`);
  if ([...first, ...second].some(Number.isNaN)) return null;
  const score = countPairs(first, second);
  const pairs = (n * (n - 1)) / 2;
  const firstTies = tieSums(first);
  const secondTies = tieSums(second);
  const product = (pairs - firstTies.pairs) * (pairs - secondTies.pairs);
  if (n < 2 || product <= 0) return null;
  const tau = Math.min(1, Math.max(-1, score / Math.sqrt(product)));
  const exact = n <= MOST_EXACT && firstTies.pairs === 0 && secondTies.pairs === 0;
  const p = exact ? exactTail(n, (pairs - score) / 2) : approximateTail(n, score, firstTies, secondTies);
  return { n, tau, p, exact };
}

/** Concordant minus discordant pairs. */
function countPairs(first: readonly number[], second: readonly number[]): number {
  const a = Float64Array.from(first);
  const b = Float64Array.from(second);
  let score = 0;
  for (let i = 1; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      score += order(a[i] ?? 0, a[j] ?? 0) * order(b[i] ?? 0, b[j] ?? 0);
    }
  }
  return score;
}

/** Not the sign of the difference, which two infinities do not have. */
function order(one: number, other: number): number {
  return Number(one > other) - Number(one < other);
}

/** Over groups of t equal values, the sums that Kendall's variance needs. */
interface TieSums {
  /** t (t - 1) / 2 */
  readonly pairs: number;
  /** t (t - 1) (t - 2) */
  readonly triples: number;
  /** t (t - 1) (2 t + 5) */
  readonly weighted: number;
}

function tieSums(values: readonly number[]): TieSums {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let sums = { pairs: 0, triples: 0, weighted: 0 };
  for (const t of counts.values()) {
    sums = {
      pairs: sums.pairs + (t * (t - 1)) / 2,
      triples: sums.triples + t * (t - 1) * (t - 2),
      weighted: sums.weighted + t * (t - 1) * (2 * t + 5),
    };
  }
  return sums;
}

/** Kendall, Rank Correlation Methods, 1970, section 5.4, without a correction for continuity. */
function approximateTail(n: number, score: number, first: TieSums, second: TieSums): number {
  const all = n * (n - 1);
  const variance =
    (all * (2 * n + 5) - first.weighted - second.weighted) / 18 +
    (2 * first.pairs * second.pairs) / all +
    (n > 2 ? (first.triples * second.triples) / (9 * all * (n - 2)) : 0);
  return normalTail(score / Math.sqrt(variance));
}

/** The share of permutations of n with as few, or as many, inversions: the counts of n from those of n - 1. */
function exactTail(n: number, discordant: number): number {
  const extreme = Math.min(discordant, (n * (n - 1)) / 2 - discordant);
  let shares = [1];
  for (let size = 2; size <= n; size++) {
    const before = shares;
    shares = Array.from({ length: extreme + 1 }, (_, inversions) => {
      let sum = 0;
      for (let last = 0; last < size && last <= inversions; last++) sum += before[inversions - last] ?? 0;
      return sum / size;
    });
  }
  return Math.min(1, 2 * shares.reduce((sum, share) => sum + share, 0));
}
