import { quantile } from 'd3-array';
import { randomStream } from '../random.ts';
import { mean } from './interval.ts';
import { growForest, type LevelFactor, type LevelPoint, type TreeNode } from './regression-forest.ts';

/** Shares of the variance of one tree over the whole grid. */
export interface TreeShares {
  /** By factor. */
  readonly main: readonly number[];
  /** By pair of factors, in the order of `pairsOf`: what the pair has beyond both. */
  readonly pairs: readonly number[];
}

/** Pairs of factors: 0 and 1, 0 and 2, … */
export function pairsOf(factors: number): readonly (readonly [number, number])[] {
  return Array.from({ length: factors }, (_, one) =>
    Array.from({ length: factors - one - 1 }, (_, more) => [one, one + 1 + more] as const),
  ).flat();
}

/**
 * Functional analysis of variance of a tree (Hutter, Hoos and Leyton-Brown, "An efficient approach for assessing hyperparameter
 * importance", ICML 2014): the variance over the whole grid, all combinations alike, of what the tree says on average at each level
 * of a factor, as a share of the variance of all that it says; of a pair without that of its factors. Exact, as a leaf is a box of
 * levels. Null for a tree that says the same everywhere.
 */
export function treeShares(tree: TreeNode, factors: readonly LevelFactor[]): TreeShares | null {
  const pairs = pairsOf(factors.length);
  const marginals = factors.map(({ levels }) => new Float64Array(levels));
  const joint = pairs.map(
    ([one, other]) => new Float64Array((factors[one]?.levels ?? 0) * (factors[other]?.levels ?? 0)),
  );
  let [sum, squares] = [0, 0];
  const visit = (node: TreeNode, box: readonly (readonly number[])[]): void => {
    if (node.split) {
      const { factor, isFirst, parts } = node.split;
      for (const [place, part] of parts.entries())
        visit(
          part,
          box.map((levels, each) =>
            each === factor ? levels.filter((level) => isFirst[level] === (place === 0)) : levels,
          ),
        );
      return;
    }
    const shares = box.map((levels, factor) => levels.length / (factors[factor]?.levels ?? 1));
    const weight = shares.reduce((product, share) => product * share, 1);
    sum += weight * node.value;
    squares += weight * node.value ** 2;
    for (const [factor, levels] of box.entries()) {
      const here = (node.value * weight) / (shares[factor] ?? 1);
      const marginal = marginals[factor];
      if (marginal) for (const level of levels) marginal[level] = (marginal[level] ?? 0) + here;
    }
    for (const [place, [one, other]] of pairs.entries()) {
      const here = (node.value * weight) / ((shares[one] ?? 1) * (shares[other] ?? 1));
      const table = joint[place];
      const width = factors[other]?.levels ?? 0;
      if (!table) continue;
      for (const level of box[one] ?? [])
        for (const beside of box[other] ?? [])
          table[level * width + beside] = (table[level * width + beside] ?? 0) + here;
    }
  };
  visit(
    tree,
    factors.map(({ levels }) => Array.from({ length: levels }, (_, level) => level)),
  );
  const total = squares - sum ** 2;
  if (!(total > ROUNDING * squares)) return null;
  const variance = (means: Float64Array): number =>
    means.reduce((all, each) => all + (each - sum) ** 2, 0) / means.length;
  const main = marginals.map(variance);
  return {
    main: main.map((each) => each / total),
    pairs: pairs.map(([one, other], place) => {
      const both = variance(joint[place] ?? new Float64Array());
      return Math.max(0, both - (main[one] ?? 0) - (main[other] ?? 0)) / total;
    }),
  };
}

/** Of a sum of squares, what rounding makes of no variance. */
const ROUNDING = 1e-14;

export interface Importance {
  /** Mean share over the trees of the forest. */
  readonly share: number;
  /** Middle 95 % over the refits. */
  readonly low: number;
  readonly high: number;
}

export interface ForestImportance {
  readonly main: readonly Importance[];
  readonly pairs: readonly Importance[];
  /** As of `Forest`. */
  readonly outOfBag: number | null;
  readonly trees: number;
  readonly refits: number;
}

/**
 * How much of the variance of a forest over the whole grid each factor and each pair explains, and how much that depends on
 * the points: the same of forests that are grown on points drawn with replacement. Null where the forest says the same everywhere.
 * The same points always give the same result.
 */
export function forestImportance(
  points: readonly LevelPoint[],
  values: readonly number[],
  factors: readonly LevelFactor[],
  { trees, refits, refitTrees }: ForestSize,
): ForestImportance | null {
  const stream = randomStream(0, 'forest of the cells');
  const forest = growForest(points, values, factors, { trees, stream });
  const shares = meanShares(forest.trees, factors);
  if (!shares) return null;
  const refitted = Array.from({ length: refits }, () => {
    const drawn = points.map(() => stream.integer(points.length));
    const again = growForest(
      drawn.map((row) => points[row] ?? []),
      drawn.map((row) => values[row] ?? NaN),
      factors,
      { trees: refitTrees, stream },
    );
    return meanShares(again.trees, factors);
  }).filter((each) => each !== null);
  const ranged = (part: keyof TreeShares) =>
    shares[part].map((share, place): Importance => {
      const others = refitted.map((each) => each[part][place] ?? NaN);
      return { share, low: quantile(others, 0.025) ?? NaN, high: quantile(others, 0.975) ?? NaN };
    });
  return { main: ranged('main'), pairs: ranged('pairs'), outOfBag: forest.outOfBag, trees, refits };
}

interface ForestSize {
  readonly trees: number;
  readonly refits: number;
  readonly refitTrees: number;
}

function meanShares(trees: readonly TreeNode[], factors: readonly LevelFactor[]): TreeShares | null {
  const all = trees.map((tree) => treeShares(tree, factors)).filter((shares) => shares !== null);
  const [first] = all;
  if (!first) return null;
  const averaged = (part: keyof TreeShares) =>
    first[part].map((_, place) => mean(all.map((shares) => shares[part][place] ?? NaN)));
  return { main: averaged('main'), pairs: averaged('pairs') };
}
