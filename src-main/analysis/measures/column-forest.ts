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
  const forests = labelings.map((labels) => ({
    labels: Uint16Array.from(rows.places, (place) => labels[parts.grown[place] as number] as number),
    held: Uint16Array.from(held.places, (place) => labels[parts.judged[place] as number] as number),
    own: new Float64Array(parts.judged.length),
  }));
  for (const draw of draws) {
    const drawn = rowsDrawn(rows, draw);
    for (const forest of forests) {
      const labels = takeLabels(forest.labels, drawn.at);
      new Tree({ ...drawn, labels, classes }, { ...forest, values: held.values }).grow(depth);
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

/** The rows that count at least once, in the order of their values. */
interface DrawnRows {
  /** Their places among all that are sorted. */
  readonly at: Uint32Array;
  readonly values: Float32Array;
  readonly weights: Uint8Array;
}

function rowsDrawn({ values, places }: SortedRows, draw: Uint8Array): DrawnRows {
  const at = new Uint32Array(places.length);
  const taken = new Float32Array(places.length);
  const weights = new Uint8Array(places.length);
  let count = 0;
  for (let place = 0; place < places.length; place++) {
    const weight = draw[places[place] as number] as number;
    // written over by the next where it does not count: a branch on chance takes longer
    at[count] = place;
    taken[count] = values[place] as number;
    weights[count] = weight;
    count += Math.min(weight, 1);
  }
  return { at: at.subarray(0, count), values: taken.subarray(0, count), weights: weights.subarray(0, count) };
}

function takeLabels(labels: Uint16Array, at: Uint32Array): Uint16Array {
  const taken = new Uint16Array(at.length);
  for (let place = 0; place < at.length; place++) taken[place] = labels[at[place] as number] as number;
  return taken;
}

/** What a tree is grown on. */
interface Grown extends Omit<DrawnRows, 'at'> {
  readonly labels: Uint16Array;
  readonly classes: number;
}

/** What it is judged on, in the order of the values. */
interface Held {
  readonly values: Float32Array;
  readonly held: Uint16Array;
  /** The probabilities of each row's class in its leaves, added up. */
  readonly own: Float64Array;
}

/** Adds to each held-out row the probability of its class in its leaf. */
class Tree {
  readonly #rows: Grown;
  readonly #held: Held;
  /** Of a node's left part, while its split is looked for. */
  readonly #left: Float64Array;

  constructor(rows: Grown, held: Held) {
    this.#rows = rows;
    this.#held = held;
    this.#left = new Float64Array(rows.classes);
  }

  grow(depth: number): void {
    const { length } = this.#rows.values;
    this.#grow([0, length], [0, this.#held.values.length], depth, this.#countClasses(0, length));
  }

  /** @param counts of each class the weight of its rows */
  #grow([start, end]: Places, [from, to]: Places, depth: number, counts: Float64Array): void {
    if (from === to) return;
    const split =
      depth > 0 && counts.filter((count) => count > 0).length > 1 ? this.#split(start, end, counts) : null;
    if (split === null) {
      this.#addLeaf(counts, from, to);
      return;
    }
    const { values } = this.#rows;
    const border = ((values[split - 1] as number) + (values[split] as number)) / 2;
    let middle = from;
    while (middle < to && (this.#held.values[middle] as number) <= border) middle++;
    const left = this.#countClasses(start, split);
    const right = counts.map((count, label) => count - (left[label] as number));
    this.#grow([start, split], [from, middle], depth - 1, left);
    this.#grow([split, end], [middle, to], depth - 1, right);
  }

  #countClasses(start: number, end: number): Float64Array {
    const { labels, weights, classes } = this.#rows;
    const counts = new Float64Array(classes);
    for (let at = start; at < end; at++) {
      const label = labels[at] as number;
      counts[label] = (counts[label] as number) + (weights[at] as number);
    }
    return counts;
  }

  /** The first row of the right part, where the impurity of both becomes least; null where all values are equal. */
  #split(start: number, end: number, counts: Float64Array): number | null {
    const { values, labels, weights } = this.#rows;
    const left = this.#left.fill(0);
    let [leftSum, rightSum] = [0, counts.reduce((sum, count) => sum + count, 0)];
    // sums of squares, of which a row changes one term
    let [leftSquares, rightSquares] = [0, counts.reduce((sum, count) => sum + count * count, 0)];
    let best: number | null = null;
    let most = -Infinity;
    for (let at = start; at + 1 < end; at++) {
      const [label, weight] = [labels[at] as number, weights[at] as number];
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
    const { held, own } = this.#held;
    const total = counts.reduce((sum, count) => sum + count, 0);
    for (let at = from; at < to; at++)
      own[at] = (own[at] as number) + (counts[held[at] as number] as number) / total;
  }
}

type Places = readonly [start: number, end: number];
