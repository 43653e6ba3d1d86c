import { sortedPlaces } from './sorted-places.ts';

/** Rows that trees are grown on, and those that they are judged on. */
export interface HeldOut {
  readonly grown: Uint32Array;
  readonly judged: Uint32Array;
}

/** Probabilities that scikit-learn takes for 0. */
const LEAST = 2 ** -52;

/** What a forest is grown from and judged on. */
export interface ForestOptions {
  readonly classes: number;
  readonly parts: HeldOut;
  /** Of each tree how often each grown row counts. */
  readonly draws: readonly Uint8Array[];
  /** Splits between root and leaf, at most. */
  readonly depth: number;
}

/**
 * Log-loss (nats) of a random forest on one column, on the rows that were held out: each tree is grown on rows drawn with
 * replacement, splits by the Gini impurity as long as a node has two classes, and a row's probabilities are the means over the
 * trees, as scikit-learn's `RandomForestClassifier` does it.
 * @param labelings labels of the rows, each for a forest of its own: they share the sorting of the rows and the draws
 */
export function forestLogLosses(
  column: Float32Array,
  labelings: readonly Uint16Array[],
  { classes, parts, draws, depth }: ForestOptions,
): number[] {
  const [rows, held] = [sortRows(column, parts.grown), sortRows(column, parts.judged)];
  const labelsOf = (labels: Uint16Array, { places }: SortedRows, part: Uint32Array): Uint16Array =>
    Uint16Array.from(places, (place) => labels[part[place] as number] as number);
  const forests = labelings.map((labels) => ({
    labels: labelsOf(labels, rows, parts.grown),
    judged: labelsOf(labels, held, parts.judged),
    own: new Float64Array(parts.judged.length),
  }));
  const drawn = new DrawnRows(rows);
  const tree = new Tree(drawn, held.values, { classes, depth });
  for (const draw of draws) {
    drawn.take(draw);
    for (const { labels, judged, own } of forests) {
      drawn.label(labels);
      tree.grow(judged, own);
    }
  }
  return forests.map(({ own }) => {
    const losses = own.reduce(
      (sum, total) => sum - Math.log(Math.min(1 - LEAST, Math.max(LEAST, total / draws.length))),
      0,
    );
    return losses / parts.judged.length;
  });
}

/** Rows sorted by their value. */
interface SortedRows {
  readonly values: Float32Array;
  /** Places among the rows as they came. */
  readonly places: Uint32Array;
}

function sortRows(column: Float32Array, chosen: Uint32Array): SortedRows {
  const taken = Float32Array.from(chosen, (row) => column[row] as number);
  const places = sortedPlaces(taken);
  return { values: Float32Array.from(places, (place) => taken[place] as number), places };
}

/** The rows that count at least once, in the order of their values. Its arrays are those of all trees of a column. */
class DrawnRows {
  readonly #rows: SortedRows;
  /** Places among all that are sorted. */
  readonly #at: Uint32Array;
  readonly values: Float32Array;
  readonly weights: Uint8Array;
  readonly labels: Uint16Array;
  count = 0;

  constructor(rows: SortedRows) {
    const { length } = rows.places;
    this.#rows = rows;
    this.#at = new Uint32Array(length);
    this.values = new Float32Array(length);
    this.weights = new Uint8Array(length);
    this.labels = new Uint16Array(length);
  }

  take(draw: Uint8Array): void {
    const { places, values } = this.#rows;
    const at = this.#at;
    const { values: taken, weights } = this;
    let count = 0;
    for (let place = 0; place < places.length; place++) {
      const weight = draw[places[place] as number] as number;
      // written over by the next where it does not count: a branch on chance takes longer
      at[count] = place;
      taken[count] = values[place] as number;
      weights[count] = weight;
      count += Math.min(weight, 1);
    }
    this.count = count;
  }

  /** @param labels of all rows, in the order of their values */
  label(labels: Uint16Array): void {
    const at = this.#at;
    for (let place = 0; place < this.count; place++)
      this.labels[place] = labels[at[place] as number] as number;
  }
}

/** Grows trees, and adds to each held-out row the probability of its class in its leaf. Nothing is made anew for a tree or node. */
class Tree {
  readonly #rows: DrawnRows;
  /** Values of the held-out rows, ascending. */
  readonly #held: Float32Array;
  /** The weight of each class in the root, and of each level below it in the left and the right part of the node that is split there. */
  readonly #root: Float64Array;
  readonly #parts: readonly (readonly [left: Float64Array, right: Float64Array])[];
  /** Left of a split that is tried. */
  readonly #tried: Float64Array;
  #judged: Uint16Array = new Uint16Array();
  #own: Float64Array = new Float64Array();

  constructor(rows: DrawnRows, held: Float32Array, { classes, depth }: { classes: number; depth: number }) {
    const counts = (): Float64Array => new Float64Array(classes);
    this.#rows = rows;
    this.#held = held;
    this.#root = counts();
    this.#parts = Array.from({ length: depth }, () => [counts(), counts()] as const);
    this.#tried = counts();
  }

  /**
   * @param judged classes of the held-out rows, in the order of their values
   * @param own the probabilities of these classes, to which those of this tree are added
   */
  grow(judged: Uint16Array, own: Float64Array): void {
    this.#judged = judged;
    this.#own = own;
    this.#count(this.#root, 0, this.#rows.count);
    this.#grow(0, this.#rows.count, 0, judged.length, 0, this.#root);
  }

  /** The node of the rows from `start` to before `end`, in which the held-out rows from `from` to before `to` are. */
  #grow(start: number, end: number, from: number, to: number, level: number, counts: Float64Array): void {
    if (from === to) return;
    const parts = this.#parts[level];
    const split = parts === undefined ? 0 : this.#split(start, end, counts);
    if (parts === undefined || split === 0) {
      this.#addLeaf(counts, from, to);
      return;
    }
    const held = this.#held;
    const { values } = this.#rows;
    const border = ((values[split - 1] as number) + (values[split] as number)) / 2;
    let middle = from;
    while (middle < to && (held[middle] as number) <= border) middle++;
    const [left, right] = parts;
    // the smaller part is counted, and the other is what is left
    const isLeftSmaller = split - start < end - split;
    const smaller = isLeftSmaller ? left : right;
    const larger = isLeftSmaller ? right : left;
    if (isLeftSmaller) this.#count(smaller, start, split);
    else this.#count(smaller, split, end);
    for (let label = 0; label < counts.length; label++)
      larger[label] = (counts[label] as number) - (smaller[label] as number);
    this.#grow(start, split, from, middle, level + 1, left);
    this.#grow(split, end, middle, to, level + 1, right);
  }

  #count(counts: Float64Array, start: number, end: number): void {
    const { labels, weights } = this.#rows;
    counts.fill(0);
    for (let at = start; at < end; at++) {
      const label = labels[at] as number;
      counts[label] = (counts[label] as number) + (weights[at] as number);
    }
  }

  /** The first row of the right part, where the impurity of both becomes least; 0 where all values or classes are equal. */
  #split(start: number, end: number, counts: Float64Array): number {
    const { values, labels, weights } = this.#rows;
    let [leftSum, rightSum] = [0, 0];
    // sums of squares, of which a row changes one term
    let [leftSquares, rightSquares] = [0, 0];
    for (let label = 0; label < counts.length; label++) {
      const count = counts[label] as number;
      rightSum += count;
      rightSquares += count * count;
    }
    if (rightSquares === rightSum * rightSum || values[start] === values[end - 1]) return 0;
    const left = this.#tried.fill(0);
    let best = 0;
    let most = -Infinity;
    for (let at = start; at + 1 < end; at++) {
      const label = labels[at] as number;
      const weight = weights[at] as number;
      const before = left[label] as number;
      leftSquares += weight * (2 * before + weight);
      rightSquares -= weight * (2 * ((counts[label] as number) - before) - weight);
      left[label] = before + weight;
      leftSum += weight;
      rightSum -= weight;
      if (values[at] === values[at + 1]) continue;
      const purity = leftSquares / leftSum + rightSquares / rightSum;
      if (purity <= most) continue;
      most = purity;
      best = at + 1;
    }
    return best;
  }

  #addLeaf(counts: Float64Array, from: number, to: number): void {
    const judged = this.#judged;
    const own = this.#own;
    let total = 0;
    for (let label = 0; label < counts.length; label++) total += counts[label] as number;
    for (let at = from; at < to; at++)
      own[at] = (own[at] as number) + (counts[judged[at] as number] as number) / total;
  }
}
