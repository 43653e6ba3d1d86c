/**
 * Which values occur together. Nodes are the buckets of one side and those of the other, edges the pairs of buckets that share
 * a row; each row is on one edge.
 */
export interface DependenceGraph {
  readonly left: Buckets;
  readonly right: Buckets;
  readonly edges: Buckets;
  /** Of each edge its two nodes. */
  readonly leftOf: Int32Array;
  readonly rightOf: Int32Array;
}

/** Of each row its bucket, counted from 0. */
export interface Buckets {
  readonly of: Int32Array;
  readonly count: number;
}

/** Bits by which an edge counts at least and at most, as in the published implementation of EDGE. */
const [LEAST, MOST] = [0.001, 10];

/** Numbers any values, each of which becomes a bucket. */
export function bucketsOf(values: ArrayLike<number>): Buckets {
  return dividedBuckets({ of: new Int32Array(values.length), count: 1 }, values);
}

/** Buckets divided by values: rows stay together that are in the same one and have the same value. They are numbered as they come. */
export function dividedBuckets({ of }: Buckets, values: ArrayLike<number>): Buckets {
  const { length } = of;
  // half of it stays empty, so that the next free place is near
  const size = 2 ** Math.ceil(Math.log2(2 * length + 2));
  /** Of each place the first row of a bucket, counted from 1; 0 for a free one. */
  const firstRows = new Int32Array(size);
  const divided = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) {
    const [bucket, value] = [of[row] as number, values[row] as number];
    let place = hash(bucket, value) & (size - 1);
    for (;;) {
      const first = (firstRows[place] as number) - 1;
      if (first < 0) {
        firstRows[place] = row + 1;
        divided[row] = count++;
        break;
      }
      if (of[first] === bucket && isSame(values[first] as number, value)) {
        divided[row] = divided[first] as number;
        break;
      }
      place = (place + 1) & (size - 1);
    }
  }
  return { of: divided, count };
}

/** Any spread of the pairs over 32 bits does; that of numbers that differ by less than 1 would be slow, and not wrong. */
function hash(bucket: number, value: number): number {
  const mixed = Math.imul(bucket, 0x9e3779b1) ^ Math.imul(value, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function isSame(one: number, other: number): boolean {
  return one === other || (Number.isNaN(one) && Number.isNaN(other));
}

export function dependenceGraph(left: Buckets, right: Buckets): DependenceGraph {
  const edges = dividedBuckets(left, right.of);
  const leftOf = new Int32Array(edges.count);
  const rightOf = new Int32Array(edges.count);
  for (const [row, edge] of edges.of.entries()) {
    leftOf[edge] = left.of[row] as number;
    rightOf[edge] = right.of[row] as number;
  }
  return { left, right, edges, leftOf, rightOf };
}

/** How often each row counts in each of several draws, [rows, draws]. */
export interface RowWeights {
  readonly draws: number;
  readonly values: Uint8Array;
  /** Of each draw their sum. */
  readonly totals: Uint32Array;
}

/** @param draws of each how often each row counts */
export function rowWeights(draws: readonly Uint8Array[]): RowWeights {
  const count = draws.length;
  const values = new Uint8Array(count * (draws[0]?.length ?? 0));
  const totals = new Uint32Array(count);
  for (const [draw, weights] of draws.entries())
    for (let row = 0; row < weights.length; row++) {
      const weight = weights[row] as number;
      values[row * count + draw] = weight;
      totals[draw] = (totals[draw] as number) + weight;
    }
  return { draws: count, values, totals };
}

/** Draws that are looked at together: what is counted for them then stays in the cache of a core. */
const TOGETHER = 64;

/**
 * The mutual information of the two sides in bits, of each draw of the rows: the mean over the rows of log2(N n_ij / (n_i n_j))
 * of their edge, cut to 0.001 to 10. The lower cut makes it too high where little is shared.
 */
export function graphInformation(graph: DependenceGraph, weights: RowWeights): Float64Array {
  const bits = new Float64Array(weights.draws);
  for (let start = 0; start < weights.draws; start += TOGETHER)
    addBits(graph, weights, [start, Math.min(weights.draws, start + TOGETHER)], bits);
  return bits.map((sum, draw) => sum / (weights.totals[draw] as number));
}

/** Of the draws from `start` up to `end` the sums over the rows. */
function addBits(
  { left, right, edges, leftOf, rightOf }: DependenceGraph,
  weights: RowWeights,
  [start, end]: readonly [number, number],
  bits: Float64Array,
): void {
  const width = end - start;
  const log = logarithms(weights.totals.reduce((most, total) => Math.max(most, total), 0));
  const ofAll = Float64Array.from(weights.totals.subarray(start, end), (total) => log[total] as number);
  const ofEdge = countEdges(edges, weights, start, width);
  const ofLeft = countNodes(ofEdge, leftOf, left.count, width);
  const ofRight = countNodes(ofEdge, rightOf, right.count, width);
  const sums = bits.subarray(start, end);
  for (let edge = 0; edge < edges.count; edge++) {
    const from = edge * width;
    const [one, other] = [(leftOf[edge] as number) * width, (rightOf[edge] as number) * width];
    for (let draw = 0; draw < width; draw++) {
      const count = ofEdge[from + draw] as number;
      let excess =
        (log[count] as number) +
        (ofAll[draw] as number) -
        (log[ofLeft[one + draw] as number] as number) -
        (log[ofRight[other + draw] as number] as number);
      // by comparing: Math.min and Math.max take several times as long
      if (excess < LEAST) excess = LEAST;
      else if (excess > MOST) excess = MOST;
      sums[draw] = (sums[draw] as number) + count * excess;
    }
  }
}

/** [edges, width] */
function countEdges(edges: Buckets, { draws, values }: RowWeights, start: number, width: number): Int32Array {
  const counts = new Int32Array(edges.count * width);
  for (let row = 0; row < edges.of.length; row++) {
    const [from, to] = [row * draws + start, (edges.of[row] as number) * width];
    for (let draw = 0; draw < width; draw++)
      counts[to + draw] = (counts[to + draw] as number) + (values[from + draw] as number);
  }
  return counts;
}

/** The counts of edges added up by their nodes. */
function countNodes(ofEdge: Int32Array, nodeOf: Int32Array, nodes: number, width: number): Int32Array {
  const counts = new Int32Array(nodes * width);
  for (let edge = 0; edge < nodeOf.length; edge++) {
    const [from, to] = [edge * width, (nodeOf[edge] as number) * width];
    for (let draw = 0; draw < width; draw++)
      counts[to + draw] = (counts[to + draw] as number) + (ofEdge[from + draw] as number);
  }
  return counts;
}

let known = new Float64Array(0);

/** log2 of the integers up to this one, which are kept; of 0, which counts nothing, 0. */
function logarithms(most: number): Float64Array {
  if (known.length <= most)
    known = Float64Array.from({ length: most + 1 }, (_, each) => (each === 0 ? 0 : Math.log2(each)));
  return known;
}
