import type { RandomStream } from '../random.ts';

/** A factor by the numbers of its levels, from 0. */
export interface LevelFactor {
  readonly levels: number;
  /** Whether levels are split at a threshold; else one is split from the others. */
  readonly isOrdered: boolean;
}

/** A point of the grid: of each factor the number of a level. */
export type LevelPoint = readonly number[];

export interface TreeNode {
  /** Mean of the values that fell here. */
  readonly value: number;
  /** Null for a leaf. */
  readonly split: {
    readonly factor: number;
    /** Of each level, whether it goes to the first part. */
    readonly isFirst: readonly boolean[];
    readonly parts: readonly [TreeNode, TreeNode];
  } | null;
}

interface Split {
  readonly factor: number;
  readonly isFirst: readonly boolean[];
  readonly gain: number;
}

/**
 * A regression tree on the levels of factors, grown until every leaf has one value or one point, each split the one that leaves the
 * least sum of squares; of equal ones the first in a random order of the factors. As scikit-learn's `DecisionTreeRegressor` grows
 * it on the numbers of the levels; a factor without an order splits one level from the others.
 *
 * @param rows of the points, repeated as often as they count
 */
export function growTree(
  points: readonly LevelPoint[],
  values: readonly number[],
  rows: readonly number[],
  factors: readonly LevelFactor[],
  stream: RandomStream,
): TreeNode {
  const value = rows.reduce((sum, row) => sum + (values[row] ?? NaN), 0) / rows.length;
  const first = values[rows[0] ?? 0];
  if (rows.every((row) => values[row] === first)) return { value, split: null };
  let best: Split | null = null;
  for (const factor of stream.permutation(factors.length)) {
    const found = bestSplit(points, values, rows, factor, factors[factor]);
    if (found && found.gain > (best?.gain ?? -Infinity)) best = found;
  }
  if (!best) return { value, split: null };
  const { factor, isFirst } = best;
  const [left, right] = [true, false].map((side) =>
    rows.filter((row) => isFirst[points[row]?.[factor] ?? 0] === side),
  );
  const grow = (part: readonly number[] = []): TreeNode => growTree(points, values, part, factors, stream);
  return { value, split: { factor, isFirst, parts: [grow(left), grow(right)] } };
}

/** Gain without what all splits of a node share: sum of squared sums over counts. */
function bestSplit(
  points: readonly LevelPoint[],
  values: readonly number[],
  rows: readonly number[],
  factor: number,
  { levels, isOrdered }: LevelFactor = { levels: 0, isOrdered: true },
): Split | null {
  const sums = new Float64Array(levels);
  const counts = new Uint32Array(levels);
  let total = 0;
  for (const row of rows) {
    const level = points[row]?.[factor] ?? 0;
    const value = values[row] ?? NaN;
    sums[level] = (sums[level] ?? 0) + value;
    counts[level] = (counts[level] ?? 0) + 1;
    total += value;
  }
  const present = [...counts.keys()].filter((level) => (counts[level] ?? 0) > 0);
  if (present.length < 2) return null;
  let best: { readonly gain: number; readonly place: number } | null = null;
  let [sum, count] = [0, 0];
  for (const [place, level] of present.entries()) {
    if (isOrdered && place === present.length - 1) break;
    sum = (isOrdered ? sum : 0) + (sums[level] ?? 0);
    count = (isOrdered ? count : 0) + (counts[level] ?? 0);
    const gain = sum ** 2 / count + (total - sum) ** 2 / (rows.length - count);
    if (gain > (best?.gain ?? -Infinity)) best = { gain, place };
  }
  if (!best) return null;
  const level = present[best.place] ?? 0;
  // levels that no row has lie on the nearer side
  const threshold = (level + (present[best.place + 1] ?? level)) / 2;
  const isFirst = Array.from({ length: levels }, (_, each) =>
    isOrdered ? each <= threshold : each === level,
  );
  return { factor, isFirst, gain: best.gain };
}

export function predict(tree: TreeNode, point: LevelPoint): number {
  let node = tree;
  while (node.split) {
    const { factor, isFirst, parts } = node.split;
    node = isFirst[point[factor] ?? 0] === true ? parts[0] : parts[1];
  }
  return node.value;
}

export interface Forest {
  readonly trees: readonly TreeNode[];
  /**
   * Share of the variance of the values that trees explain which did not see the point; null where a point was seen by all of
   * them, or where nothing varies.
   */
  readonly outOfBag: number | null;
}

/** Trees on as many points as there are, drawn with replacement. */
export function growForest(
  points: readonly LevelPoint[],
  values: readonly number[],
  factors: readonly LevelFactor[],
  { trees: count, stream }: { readonly trees: number; readonly stream: RandomStream },
): Forest {
  const n = points.length;
  const sums = new Float64Array(n);
  const judges = new Uint32Array(n);
  const trees = Array.from({ length: count }, () => {
    const rows = Array.from({ length: n }, () => stream.integer(n));
    const tree = growTree(points, values, rows, factors, stream);
    const seen = new Set(rows);
    for (const [row, point] of points.entries()) {
      if (seen.has(row)) continue;
      sums[row] = (sums[row] ?? 0) + predict(tree, point);
      judges[row] = (judges[row] ?? 0) + 1;
    }
    return tree;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = (predicted: (row: number) => number): number =>
    values.reduce((sum, value, row) => sum + (value - predicted(row)) ** 2, 0);
  const total = squares(() => mean);
  const isJudged = n > 0 && judges.every((times) => times > 0) && total > 0;
  const outOfBag = isJudged ? 1 - squares((row) => (sums[row] ?? 0) / (judges[row] ?? 1)) / total : null;
  return { trees, outOfBag };
}
