/** What a function is at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface MinimizeOptions {
  /** Ends once the gradient is no longer, by its norm. */
  readonly tolerance: number;
  readonly steps: number;
  /** Scalar product, where it is not the plain one. */
  readonly product?: (a: Float64Array, b: Float64Array) => number;
  /** Roughly the inverse of the Hessian times a vector, up to a factor. */
  readonly precondition?: (vector: Float64Array) => Float64Array;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly steps: number;
  /** False where the steps ran out. */
  readonly converged: boolean;
}

/** Pairs of steps and changes of the gradient that are kept. */
const MEMORY = 10;
/** Share of the decrease that the slope promises which a step must bring (Armijo). */
const SUFFICIENT = 1e-4;
const HALVINGS = 30;

/**
 * L-BFGS with backtracking (Nocedal and Wright, Numerical Optimization, algorithm 7.5) for smooth convex functions.
 * A generator: it yields the points at which it wants the function and is handed what the function is there, so that
 * many functions of one form can be evaluated together.
 */
export function* minimize(
  start: Float64Array,
  { tolerance, steps, product = dot, precondition }: MinimizeOptions,
): Generator<Float64Array, Minimum, Evaluation> {
  let point = start;
  let { value, gradient } = yield point;
  const pairs: Pair[] = [];
  for (let step = 0; step < steps; step++) {
    if (Math.sqrt(product(gradient, gradient)) <= tolerance)
      return { point, value, steps: step, converged: true };
    let direction = descent(gradient, pairs, product, precondition);
    let slope = product(gradient, direction);
    if (!(slope < 0)) {
      pairs.length = 0;
      direction = scaled(gradient, -1);
      slope = -product(gradient, gradient);
    }
    // Where nothing is known of the scale, a first step of length one at most.
    let length = pairs.length === 0 && precondition === undefined ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let next: Float64Array | null = null;
    let found: Evaluation | null = null;
    for (let halving = 0; halving < HALVINGS; halving++) {
      const candidate = sum(point, direction, length);
      const evaluation = yield candidate;
      if (evaluation.value <= value + SUFFICIENT * length * slope) {
        next = candidate;
        found = evaluation;
        break;
      }
      length /= 2;
    }
    // The decrease is below what the arithmetic resolves: this is the minimum as far as it can be known.
    if (next === null || found === null) return { point, value, steps: step, converged: true };
    const moved = sum(next, point, -1);
    const change = sum(found.gradient, gradient, -1);
    const curvature = product(moved, change);
    if (curvature > 1e-12 * product(change, change)) {
      pairs.push({ moved, change, curvature });
      if (pairs.length > MEMORY) pairs.shift();
    }
    point = next;
    ({ value, gradient } = found);
  }
  return { point, value, steps, converged: false };
}

interface Pair {
  readonly moved: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/** Minus the gradient times the inverse Hessian that the pairs tell of. */
function descent(
  gradient: Float64Array,
  pairs: readonly Pair[],
  product: (a: Float64Array, b: Float64Array) => number,
  precondition: (vector: Float64Array) => Float64Array = (vector) => vector,
): Float64Array {
  const last = pairs.at(-1);
  if (last === undefined) return precondition(scaled(gradient, -1));
  const direction = scaled(gradient, -1);
  const shares: number[] = [];
  for (const { moved, change, curvature } of pairs.toReversed()) {
    const share = product(moved, direction) / curvature;
    shares.push(share);
    add(direction, change, -share);
  }
  const scale = last.curvature / product(last.change, precondition(last.change));
  const turned = scaled(precondition(direction), scale);
  for (const { moved, change, curvature } of pairs) {
    const share = (shares.pop() ?? 0) - product(change, turned) / curvature;
    add(turned, moved, share);
  }
  return turned;
}

/** Plain scalar product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

function sum(a: Float64Array, b: Float64Array, factor: number): Float64Array {
  const total = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) total[i] = (a[i] as number) + factor * (b[i] as number);
  return total;
}

function add(to: Float64Array, a: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) to[i] = (to[i] as number) + factor * (a[i] as number);
}

function scaled(a: Float64Array, factor: number): Float64Array {
  const found = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) found[i] = factor * (a[i] as number);
  return found;
}
