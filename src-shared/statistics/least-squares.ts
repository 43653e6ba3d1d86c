export interface Residual {
  readonly sumOfSquares: number;
  /** Linearly independent columns. */
  readonly rank: number;
}

/** A column whose part outside the columns before it is smaller than this share of it depends on them. */
const DEPENDENT = 1e-9;

/**
 * What the best linear combination of `columns` leaves of `values` (sum of squares), by modified Gram-Schmidt
 * with a second pass. Columns that depend on those before them change nothing, so that no coding of levels has to avoid
 * them.
 */
export function leastSquaresResidual(columns: readonly Float64Array[], values: readonly number[]): Residual {
  const basis: Float64Array[] = [];
  const rest = Float64Array.from(values);
  for (const column of columns) {
    const direction = Float64Array.from(column);
    const size = norm(direction);
    for (let pass = 0; pass < 2; pass++) for (const unit of basis) subtractProjection(direction, unit);
    const left = norm(direction);
    if (left <= DEPENDENT * size) continue;
    const unit = direction.map((value) => value / left);
    basis.push(unit);
    subtractProjection(rest, unit);
  }
  return { sumOfSquares: norm(rest) ** 2, rank: basis.length };
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  let product = 0;
  for (let i = 0; i < unit.length; i++) product += (vector[i] ?? 0) * (unit[i] ?? 0);
  for (let i = 0; i < unit.length; i++) vector[i] = (vector[i] ?? 0) - product * (unit[i] ?? 0);
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
