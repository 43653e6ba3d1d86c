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

/** Rows that are alike in both ways are alike. */
export function sharedBuckets(one: Buckets, other: Buckets): Buckets {
  return bucketsOf(
    Float64Array.from(one.of, (bucket, row) => bucket * other.count + (other.of[row] as number)),
  );
}

/** Numbers any values, each of which becomes a bucket. */
export function bucketsOf(values: ArrayLike<number>): Buckets {
  const numbers = new Map<number, number>();
  const of = Int32Array.from(values, (value) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
  return { of, count: numbers.size };
}

export function dependenceGraph(left: Buckets, right: Buckets): DependenceGraph {
  const edges = sharedBuckets(left, right);
  const leftOf = new Int32Array(edges.count);
  const rightOf = new Int32Array(edges.count);
  for (const [row, edge] of edges.of.entries()) {
    leftOf[edge] = left.of[row] as number;
    rightOf[edge] = right.of[row] as number;
  }
  return { left, right, edges, leftOf, rightOf };
}

/**
 * The mutual information of the two sides in bits: the mean over the rows of log2(N n_ij / (n_i n_j)) of their edge, cut to
 * 0.001 to 10. The lower cut makes it too high where little is shared.
 * @param weights how often each row counts
 */
export function graphInformation(
  { left, right, edges, leftOf, rightOf }: DependenceGraph,
  weights: Uint8Array,
): number {
  const rows = weights.reduce((sum, weight) => sum + weight, 0);
  const log = logarithms(rows);
  const [ofLeft, ofRight, ofEdge] = [
    countRows(left, weights),
    countRows(right, weights),
    countRows(edges, weights),
  ];
  let bits = 0;
  for (let edge = 0; edge < ofEdge.length; edge++) {
    const count = ofEdge[edge] as number;
    if (count === 0) continue;
    const [one, other] = [
      ofLeft[leftOf[edge] as number] as number,
      ofRight[rightOf[edge] as number] as number,
    ];
    const excess =
      (log[count] as number) + (log[rows] as number) - (log[one] as number) - (log[other] as number);
    bits += count * Math.max(LEAST, Math.min(MOST, excess));
  }
  return bits / rows;
}

let known = new Float64Array(0);

/** log2 of the integers up to this one, which are kept: an ensemble asks for those of the same ones again and again. */
function logarithms(most: number): Float64Array {
  if (known.length <= most) known = Float64Array.from({ length: most + 1 }, (_, each) => Math.log2(each));
  return known;
}

function countRows({ of, count }: Buckets, weights: Uint8Array): Int32Array {
  const counts = new Int32Array(count);
  for (let row = 0; row < of.length; row++) {
    const bucket = of[row] as number;
    counts[bucket] = (counts[bucket] as number) + (weights[row] as number);
  }
  return counts;
}
