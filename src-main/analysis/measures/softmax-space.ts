import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import type { Matrix } from './matrix.ts';
import { dot, minimize, type Evaluation, type Minimum } from './minimize.ts';
import { affordableColumns, principalAxes } from './principal-axes.ts';
import { softmaxLoss } from './softmax-loss.ts';

/** One softmax regression: mean cross-entropy over the rows + l2 / 2 * squared norm of the weights, without the bias. */
export interface SoftmaxProblem {
  /** Of the rows that it is fitted on, from the first. */
  readonly labels: ArrayLike<number>;
  readonly l2: number;
}

/** A fitted classifier of one space. */
export interface SoftmaxModel {
  /** As the space has them: per column or per row, then per class. */
  readonly coefficients: Float64Array;
  readonly bias: Float64Array;
  readonly rows: number;
  readonly converged: boolean;
}

/** Norm of the gradient: the loss is then within tolerance^2 / (2 l2) of its least. */
const TOLERANCE = 3e-4;
const STEPS = 500;

/**
 * Softmax regressions on the same rows, fitted side by side by L-BFGS, so that each step is one matrix product for all
 * of them.
 *
 * Where there are more columns than rows the weights of the least loss are combinations of the rows, W = X'A
 * (representer theorem), and everything is done with the rows' Gram matrix G = XX': scores are GA, the gradient has
 * the coefficients R + l2 A, and the scalar product of two weights is tr(A'GB). A point then is A with GA beside
 * it, so that one product per step is enough; the course is that of L-BFGS on W itself.
 *
 * Otherwise the columns are turned into the eigenbasis of their covariance, which leaves loss and penalty as they are.
 * There the Hessian is nearly diagonal, which makes a tenth of the steps enough.
 */
export class SoftmaxSpace {
  readonly #columns: number;
  readonly #classes: number;
  readonly #dual: boolean;
  /** X, or G. */
  readonly #matrix: Tensor2D;
  /** Variance of each column of the turned X; null where it is not turned. */
  readonly #variances: Float64Array | null;

  constructor(x: Matrix, classes: number) {
    this.#classes = classes;
    this.#columns = x.columns;
    this.#dual = x.columns > x.rows;
    const turn = !this.#dual && x.columns <= affordableColumns() ? principalAxes(x) : null;
    this.#variances = turn?.variances ?? null;
    this.#matrix = tf.tidy(() => {
      const rows = tf.tensor2d(x.values, [x.rows, x.columns]);
      if (this.#dual) return tf.matMul(rows, rows, false, true);
      if (turn === null) return rows;
      return tf.matMul(rows, tf.tensor2d(turn.directions, [x.columns, x.columns]));
    });
  }

  dispose(): void {
    this.#matrix.dispose();
  }

  /**
   * @param rows to fit on, from the first
   * @param pause awaited after each step
   * @param tolerance norm of the gradient at which a fit ends
   */
  async fit(
    rows: number,
    problems: readonly SoftmaxProblem[],
    pause: () => Promise<void>,
    tolerance: number = TOLERANCE,
  ): Promise<SoftmaxModel[]> {
    const size = this.#dual ? 2 * rows : this.#columns;
    const product = this.#dual ? dualProduct(rows * this.#classes) : dot;
    const matrix = this.#dual
      ? tf.slice2d(this.#matrix, [0, 0], [rows, rows])
      : tf.slice2d(this.#matrix, [0, 0], [rows, this.#columns]);
    const courses = problems.map((problem) => {
      const start = new Float64Array((size + 1) * this.#classes);
      const precondition = this.#preconditioner(problem.l2);
      const course = minimize(start, {
        ...{ tolerance, steps: STEPS, product },
        ...(precondition === null ? {} : { precondition }),
      });
      return { problem, course, state: course.next() };
    });
    try {
      for (;;) {
        const live = courses.filter(({ state }) => state.done !== true);
        if (live.length === 0) break;
        const wanted = live.map(({ problem, state }) => ({ ...problem, point: state.value as Float64Array }));
        const found = this.#dual ? this.#evaluateDual(matrix, wanted) : this.#evaluate(matrix, wanted);
        live.forEach((each, index) => {
          each.state = each.course.next(found[index] as Evaluation);
        });
        await pause();
      }
    } finally {
      matrix.dispose();
    }
    return courses.map(({ state }) => this.#modelOf(state.value as Minimum, rows));
  }

  /** Scores of the rows from `from` on, [rows, classes], with the bias. */
  scores(model: SoftmaxModel, from: number): Float64Array {
    const classes = this.#classes;
    const { coefficients, bias } = model;
    const products = computedValues(() => {
      const width = this.#dual ? model.rows : this.#columns;
      const count = this.#matrix.shape[0] - from;
      const rows = tf.slice2d(this.#matrix, [from, 0], [count, width]);
      return tf.matMul(rows, tf.tensor2d(Float32Array.from(coefficients), [width, classes]));
    });
    return Float64Array.from(products, (value, index) => value + (bias[index % classes] as number));
  }

  /** The Hessian's diagonal where all classes are as likely: curvature p(1 - p) times the variance, plus the penalty. */
  #preconditioner(l2: number): ((vector: Float64Array) => Float64Array) | null {
    const variances = this.#variances;
    if (variances === null) return null;
    const classes = this.#classes;
    const factors = Float64Array.from(variances, (variance) => 1 / (variance / classes + l2));
    return (vector) =>
      vector.map((value, index) => value * (factors[Math.floor(index / classes)] ?? classes));
  }

  #modelOf({ point, converged }: Minimum, rows: number): SoftmaxModel {
    const size = (this.#dual ? rows : this.#columns) * this.#classes;
    return {
      coefficients: point.slice(0, size),
      bias: point.slice(point.length - this.#classes),
      rows,
      converged,
    };
  }

  /** Points are the weights, [columns, classes], and the bias. */
  #evaluate(x: Tensor2D, wanted: readonly WantedPoint[]): Evaluation[] {
    const classes = this.#classes;
    const [rows, columns] = x.shape;
    const stride = classes * wanted.length;
    const weights = sideBySide(
      wanted.map(({ point }) => point),
      0,
      columns,
      classes,
    );
    const scores = product(x, weights, stride, false);
    const residuals = new Float32Array(rows * stride);
    const losses = wanted.map(({ point, labels }, place) => {
      const bias = point.subarray(columns * classes);
      return softmaxLoss({ values: scores, offset: place * classes, stride, bias }, labels, rows, residuals);
    });
    const gradients = product(x, residuals, stride, true);
    return wanted.map(({ point, l2 }, place) => {
      const gradient = new Float64Array(point.length);
      let norm = 0;
      for (let i = 0; i < columns * classes; i++) {
        const weight = point[i] as number;
        const at = Math.floor(i / classes) * stride + place * classes + (i % classes);
        gradient[i] = (gradients[at] as number) + l2 * weight;
        norm += weight * weight;
      }
      sumRows(residuals, place * classes, stride, gradient.subarray(columns * classes));
      return { value: (losses[place] as number) + (l2 / 2) * norm, gradient };
    });
  }

  /** Points are A, GA (both [rows, classes]) and the bias. */
  #evaluateDual(gram: Tensor2D, wanted: readonly WantedPoint[]): Evaluation[] {
    const classes = this.#classes;
    const [rows] = gram.shape;
    const stride = classes * wanted.length;
    const half = rows * classes;
    const steps = new Float32Array(rows * stride);
    const parts = wanted.map(({ point, labels, l2 }, place) => {
      const bias = point.subarray(2 * half);
      const residuals = new Float32Array(half);
      const scores = { values: point.subarray(half, 2 * half), offset: 0, stride: classes, bias };
      const loss = softmaxLoss(scores, labels, rows, residuals);
      const gradient = new Float64Array(point.length);
      let norm = 0;
      for (let i = 0; i < half; i++) {
        const share = point[i] as number;
        const value = (residuals[i] as number) + l2 * share;
        gradient[i] = value;
        steps[Math.floor(i / classes) * stride + place * classes + (i % classes)] = value;
        norm += share * (point[half + i] as number);
      }
      sumRows(residuals, 0, classes, gradient.subarray(2 * half));
      return { value: loss + (l2 / 2) * norm, gradient };
    });
    const products = product(gram, steps, stride, false);
    parts.forEach(({ gradient }, place) => {
      for (let i = 0; i < half; i++)
        gradient[half + i] = products[
          Math.floor(i / classes) * stride + place * classes + (i % classes)
        ] as number;
    });
    return parts;
  }
}

interface WantedPoint extends SoftmaxProblem {
  readonly point: Float64Array;
}

/** tr(A'GB) and the plain product of the biases, of points with so many coefficients. */
function dualProduct(half: number): (a: Float64Array, b: Float64Array) => number {
  return (a, b) => {
    let total = 0;
    for (let i = 0; i < half; i++) total += (a[i] as number) * (b[half + i] as number);
    for (let i = 2 * half; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
    return total;
  };
}

/** Matrices [rows, classes] at `offset` of each point as one, [rows, points x classes]. */
function sideBySide(
  points: readonly Float64Array[],
  offset: number,
  rows: number,
  classes: number,
): Float32Array {
  const stride = points.length * classes;
  const joined = new Float32Array(rows * stride);
  points.forEach((point, place) => {
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < classes; k++)
        joined[row * stride + place * classes + k] = point[offset + row * classes + k] as number;
  });
  return joined;
}

function product(matrix: Tensor2D, values: Float32Array, columns: number, transposed: boolean): Float32Array {
  return computedValues(() => {
    const other = tf.tensor2d(values, [values.length / columns, columns]);
    return tf.matMul(matrix, other, transposed, false);
  });
}

function sumRows(values: Float32Array, offset: number, stride: number, into: Float64Array): void {
  for (let start = offset; start < values.length; start += stride)
    for (let k = 0; k < into.length; k++) into[k] = (into[k] as number) + (values[start + k] as number);
}
