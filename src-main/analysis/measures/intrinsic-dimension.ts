import * as tf from '@tensorflow/tfjs';
import { computedIntegers } from '../computed-values.ts';
import { centre, takeRows, type Matrix } from './matrix.ts';

/** Neighbours whose distances are computed exactly, the point itself among them: rounding swaps only near ones. */
const CANDIDATES = 8;
/** Share of the largest ratios that is left out: they bend the line. */
const DISCARDED = 0.1;

/**
 * TwoNN (Facco et al., Scientific Reports 2017): the slope through the origin of -ln(1 - F) against ln(r2 / r1), F = i / n, with
 * the distances to the two nearest neighbours. Points that occur twice count once. An estimator: biased low in high
 * dimensions at few points. Null for fewer than 20 different points.
 */
export function intrinsicDimension(features: Matrix): number | null {
  const points = takeRows(features, differentRows(features));
  if (points.rows < 20) return null;
  const ratios = neighbourRatios(points).sort();
  const kept = Math.floor(ratios.length * (1 - DISCARDED));
  let products = 0;
  let squares = 0;
  for (let i = 0; i < kept; i++) {
    const logarithm = Math.log(ratios[i] as number);
    products += -Math.log(1 - (i + 1) / ratios.length) * logarithm;
    squares += logarithm * logarithm;
  }
  return squares > 0 ? products / squares : null;
}

function differentRows({ rows, columns, values }: Matrix): number[] {
  const known = new Set<string>();
  const different: number[] = [];
  for (let row = 0; row < rows; row++) {
    const part = values.subarray(row * columns, (row + 1) * columns);
    const key = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
    if (known.has(key)) continue;
    known.add(key);
    different.push(row);
  }
  return different;
}

/** r2 / r1 of each point. */
function neighbourRatios(points: Matrix): Float64Array {
  const { rows, columns, values } = points;
  const candidates = nearestRows(points);
  return Float64Array.from({ length: rows }, (_, row) => {
    let first = Infinity;
    let second = Infinity;
    for (let place = 0; place < CANDIDATES; place++) {
      const other = candidates[row * CANDIDATES + place] as number;
      if (other === row) continue;
      let square = 0;
      for (let column = 0; column < columns; column++)
        square +=
          ((values[row * columns + column] as number) - (values[other * columns + column] as number)) ** 2;
      if (square < first) [first, second] = [square, first];
      else if (square < second) second = square;
    }
    return Math.sqrt(second / first);
  });
}

/** Rows with the least distance in 32 bits, [rows, CANDIDATES]. */
function nearestRows(points: Matrix): Int32Array {
  // centred, so that less cancels in |x|^2 + |y|^2 - 2xy
  const { rows, columns, values } = centre(points);
  return computedIntegers(() => {
    const x = tf.tensor2d(values, [rows, columns]);
    const halfSquares = tf.mul(tf.sum(tf.square(x), 1, true), -0.5);
    // xy - |y|^2 / 2 in one product; what is missing, |x|^2, is the same for all y
    const nearness = tf.matMul(
      tf.concat([x, tf.ones([rows, 1])], 1),
      tf.concat([x, halfSquares], 1),
      false,
      true,
    );
    return tf.topk(nearness, CANDIDATES, false).indices;
  });
}
