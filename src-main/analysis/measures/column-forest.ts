/** Rows that trees are grown on, and those that they are judged on. */
export interface HeldOut {
  readonly grown: Uint32Array;
  readonly judged: Uint32Array;
}

/** Probabilities that scikit-learn takes for 0. */
const LEAST = 2 ** -52;

/** Rows sorted by their value. */
interface SortedRows {
  readonly values: Float32Array;
  readonly labels: Uint16Array;
  /** Places among the rows as they came. */
  readonly places: Uint32Array;
}

/**
 * Log-loss (nats) of a random forest on one column, on the rows that were held out: each tree is grown on rows drawn with
 * replacement, splits by the Gini impurity as long as a node has two classes, and a row's probabilities are the means over the
 * trees, as scikit-learn's `RandomForestClassifier` does it.
 * @param draws of each tree how often each grown row counts
 * @param depth splits between root and leaf, at most
 */
export function forestLogLoss(
  column: Float32Array,
  labels: Uint16Array,
  classes: number,
  { grown, judged }: HeldOut,
  draws: readonly Uint8Array[],
  depth: number,
): number {
  const [rows, held] = [sortRows(column, labels, grown), sortRows(column, labels, judged)];
  const own = new Float64Array(judged.length);
  for (const draw of draws) new Tree(rows, draw, classes, held, own).grow(depth);
  const losses = own.reduce(
    (sum, total) => sum - Math.log(Math.min(1 - LEAST, Math.max(LEAST, total / draws.length))),
    0,
  );
  return losses / judged.length;
}

function sortRows(column: Float32Array, labels: Uint16Array, chosen: Uint32Array): SortedRows {
  const valueAt = (place: number): number => column[chosen[place] as number] as number;
  const places = Uint32Array.from(chosen, (_, place) => place).sort(
    (one, other) => valueAt(one) - valueAt(other),
  );
  return {
    values: Float32Array.from(places, valueAt),
    labels: Uint16Array.from(places, (place) => labels[chosen[place] as number] as number),
    places,
  };
}

/** Adds to each held-out row the probability of its class in its leaf. */
class Tree {
  readonly #values: Float32Array;
  readonly #labels: Uint16Array;
  /** In the order of the values. */
  readonly #weights: Uint8Array;
  readonly #classes: number;
  readonly #held: SortedRows;
  readonly #own: Float64Array;

  constructor(
    { values, labels, places }: SortedRows,
    draw: Uint8Array,
    classes: number,
    held: SortedRows,
    own: Float64Array,
  ) {
    const drawn = Uint32Array.from(places.keys()).filter((at) => draw[places[at] as number] !== 0);
    this.#values = Float32Array.from(drawn, (at) => values[at] as number);
    this.#labels = Uint16Array.from(drawn, (at) => labels[at] as number);
    this.#weights = Uint8Array.from(drawn, (at) => draw[places[at] as number] as number);
    this.#classes = classes;
    this.#held = held;
    this.#own = own;
  }

  grow(depth: number): void {
    this.#grow([0, this.#values.length], [0, this.#held.values.length], depth);
  }

  #grow([start, end]: Places, [from, to]: Places, depth: number): void {
    if (from === to) return;
    const counts = this.#countClasses(start, end);
    const split =
      depth > 0 && counts.filter((count) => count > 0).length > 1 ? this.#split(start, end, counts) : null;
    if (split === null) {
      this.#addLeaf(counts, from, to);
      return;
    }
    const border = ((this.#values[split - 1] as number) + (this.#values[split] as number)) / 2;
    let middle = from;
    while (middle < to && (this.#held.values[middle] as number) <= border) middle++;
    this.#grow([start, split], [from, middle], depth - 1);
    this.#grow([split, end], [middle, to], depth - 1);
  }

  #countClasses(start: number, end: number): Float64Array {
    const counts = new Float64Array(this.#classes);
    for (let at = start; at < end; at++) {
      const label = this.#labels[at] as number;
      counts[label] = (counts[label] as number) + (this.#weights[at] as number);
    }
    return counts;
  }

  /** The first row of the right part, where the impurity of both becomes least; null where all values are equal. */
  #split(start: number, end: number, counts: Float64Array): number | null {
    const [left, right] = [new Float64Array(this.#classes), counts.slice()];
    let [leftSum, rightSum] = [0, counts.reduce((sum, count) => sum + count, 0)];
    // sums of squares, of which a row changes one term
    let [leftSquares, rightSquares] = [0, counts.reduce((sum, count) => sum + count * count, 0)];
    let best: number | null = null;
    let most = -Infinity;
    for (let at = start; at + 1 < end; at++) {
      const [label, weight] = [this.#labels[at] as number, this.#weights[at] as number];
      leftSquares += weight * (2 * (left[label] as number) + weight);
      rightSquares -= weight * (2 * (right[label] as number) - weight);
      left[label] = (left[label] as number) + weight;
      right[label] = (right[label] as number) - weight;
      leftSum += weight;
      rightSum -= weight;
      if (this.#values[at] === this.#values[at + 1]) continue;
      const purity = leftSquares / leftSum + rightSquares / rightSum;
      if (purity <= most) continue;
      most = purity;
      best = at + 1;
    }
    return best;
  }

  #addLeaf(counts: Float64Array, from: number, to: number): void {
    const total = counts.reduce((sum, count) => sum + count, 0);
    for (let at = from; at < to; at++) {
      const place = this.#held.places[at] as number;
      const count = counts[this.#held.labels[at] as number] as number;
      this.#own[place] = (this.#own[place] as number) + count / total;
    }
  }
}

type Places = readonly [start: number, end: number];
