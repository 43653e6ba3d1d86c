import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doubleAlgebra } from '../../../../src-main/engine/double-algebra.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import { distance } from '../networks.ts';
import '../test-engine.ts';

const [ROWS, COLUMNS] = [70, 9];

/** Columns of very different sizes, far from zero: what 32-bit products would lose. */
function unevenColumns(): Float32Array {
  const stream = randomStream(1, 'uneven columns');
  return Float32Array.from({ length: ROWS * COLUMNS }, (_, at) => {
    const column = at % COLUMNS;
    return 3 * column + 10 ** (-column / 2) * stream.normal();
  });
}

/** Covariance of the columns, written out. */
function covarianceOf(values: Float32Array): number[][] {
  const columns = Array.from({ length: COLUMNS }, (_, column) => {
    const all = Array.from({ length: ROWS }, (_row, row) => values[row * COLUMNS + column] ?? NaN);
    const mean = all.reduce((sum, value) => sum + value, 0) / ROWS;
    return all.map((value) => value - mean);
  });
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, row) => sum + value * (b[row] ?? NaN), 0) / ROWS;
  return columns.map((one) => columns.map((other) => product(one, other)));
}

test('principal axes take the covariance apart, small variances included', (context) => {
  const algebra = doubleAlgebra();
  if (algebra === null) {
    context.skip('this engine has no algebra in 64 bits');
    return;
  }
  const values = unevenColumns();
  const { variances, directions } = algebra.principalAxes(values, ROWS, COLUMNS);
  assert.deepEqual(
    [...variances],
    [...variances].toSorted((a, b) => a - b),
  );
  const covariance = covarianceOf(values);
  const trace = covariance.reduce((sum, row, place) => sum + (row[place] ?? NaN), 0);
  const total = variances.reduce((sum, value) => sum + value, 0);
  assert.ok(Math.abs(total / trace - 1) < 1e-12);
  for (const [axis, variance] of variances.entries()) {
    const direction = Array.from(
      { length: COLUMNS },
      (_, column) => directions[column * COLUMNS + axis] ?? NaN,
    );
    // the Rayleigh quotient forgives the rounding of a direction to 32 bits up to its square
    const turned = covariance.map((row) =>
      row.reduce((sum, value, at) => sum + value * (direction[at] ?? NaN), 0),
    );
    const square = direction.reduce((sum, value) => sum + value * value, 0);
    const quotient = turned.reduce((sum, value, at) => sum + value * (direction[at] ?? NaN), 0) / square;
    assert.ok(Math.abs(quotient - variance) < 1e-12 * trace, `${quotient}, not ${variance}`);
  }
});

test('variances alone are those beside the directions', (context) => {
  const algebra = doubleAlgebra();
  if (algebra === null) {
    context.skip('this engine has no algebra in 64 bits');
    return;
  }
  const values = unevenColumns();
  const alone = algebra.principalVariances(values, ROWS, COLUMNS);
  const { variances } = algebra.principalAxes(values, ROWS, COLUMNS);
  assert.ok(distance(alone, variances) < 1e-12);
  for (const [axis, variance] of variances.entries())
    assert.ok(Math.abs((alone[axis] ?? NaN) / variance - 1) < 1e-9, `${alone[axis]}, not ${variance}`);
});
