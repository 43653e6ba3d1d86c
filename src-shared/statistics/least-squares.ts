export interface LinearFit {
  readonly sumOfSquares: number;
  /** One for each column. */
  readonly coefficients: readonly number[];
  /** Inverse of R of the columns' QR decomposition: row i, column j >= i; (X'X)^-1 is it times its transpose. */
  readonly inverse: readonly (readonly number[])[];
}

/** A column whose part outside the columns before it is smaller than this share of it depends on them. */
const DEPENDENT = 1e-9;

/** The best linear combination of `columns` for `values`; null where the columns depend on each other. */
export function fitLinear(columns: readonly Float64Array[], values: readonly number[]): LinearFit | null {
  const { basis, upper } = orthonormalize(columns);
  if (basis.length < columns.length) return null;
  const rest = Float64Array.from(values);
  const shares = basis.map((unit) => subtractProjection(rest, unit));
  const inverse = invertUpper(upper);
  const coefficients = inverse.map((row) =>
    row.reduce((sum, entry, place) => sum + entry * (shares[place] ?? 0), 0),
  );
  return { coefficients, inverse, sumOfSquares: norm(rest) ** 2 };
}

/** QR decomposition by modified Gram-Schmidt with a second pass; `upper` holds R's columns. */
function orthonormalize(columns: readonly Float64Array[]): {
  readonly basis: readonly Float64Array[];
  readonly upper: readonly (readonly number[])[];
} {
  const basis: Float64Array[] = [];
  const upper: number[][] = [];
  for (const column of columns) {
    const direction = Float64Array.from(column);
    const first = basis.map((unit) => subtractProjection(direction, unit));
    const second = basis.map((unit) => subtractProjection(direction, unit));
    const left = norm(direction);
    if (left <= DEPENDENT * norm(column)) continue;
    basis.push(direction.map((value) => value / left));
    upper.push([...first.map((share, place) => share + (second[place] ?? 0)), left]);
  }
  return { basis, upper };
}

/** The inverse, row by row, of an upper triangular matrix that is given column by column. */
function invertUpper(upper: readonly (readonly number[])[]): number[][] {
  const size = upper.length;
  const inverse = upper.map(() => new Array<number>(size).fill(0));
  for (const [place, column] of upper.entries()) {
    const diagonal = column[place] ?? NaN;
    for (const [above, row] of inverse.entries()) {
      if (above > place) break;
      const sum = column
        .slice(0, place)
        .reduce((total, entry, between) => total + (row[between] ?? 0) * entry, 0);
      row[place] = (Number(above === place) - sum) / diagonal;
    }
  }
  return inverse;
}

/** Takes the part along `unit` out of a vector, and says how long it was. */
function subtractProjection(vector: Float64Array, unit: Float64Array): number {
  let share = 0;
  for (let i = 0; i < unit.length; i++) share += (vector[i] ?? 0) * (unit[i] ?? 0);
  for (let i = 0; i < unit.length; i++) vector[i] = (vector[i] ?? 0) - share * (unit[i] ?? 0);
  return share;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
