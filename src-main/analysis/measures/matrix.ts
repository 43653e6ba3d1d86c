/** Row by row; a row for each image, a column for each feature. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** These rows, in this order. */
export function takeRows({ columns, values }: Matrix, rows: ArrayLike<number>): Matrix {
  const taken = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * columns;
    taken.set(values.subarray(start, start + columns), i * columns);
  }
  return { rows: rows.length, columns, values: taken };
}

/**
 * Each column less its mean and divided by its (population) standard deviation over the first `rows` rows; a column
 * that is constant there becomes zero.
 */
export function standardize(matrix: Matrix, rows: number = matrix.rows): Matrix {
  const { columns, values } = matrix;
  const means = columnMeans(matrix, rows);
  const squares = new Float64Array(columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const difference = (values[row * columns + column] as number) - (means[column] as number);
      squares[column] = (squares[column] as number) + difference * difference;
    }
  const factors = squares.map((square, column) => {
    const deviation = Math.sqrt(square / rows);
    // below the resolution of a 32-bit mean there is only rounding
    return deviation > 1e-6 * Math.abs(means[column] as number) && deviation > 0 ? 1 / deviation : 0;
  });
  const scaled = new Float32Array(values.length);
  for (let row = 0; row < matrix.rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      scaled[at] = ((values[at] as number) - (means[column] as number)) * (factors[column] as number);
    }
  return { rows: matrix.rows, columns, values: scaled };
}

/** Each column less its mean. */
export function centre(matrix: Matrix): Matrix {
  const { rows, columns, values } = matrix;
  const means = columnMeans(matrix);
  const centred = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      centred[at] = (values[at] as number) - (means[column] as number);
    }
  return { rows, columns, values: centred };
}

/** Mean of each column over the first `rows` rows. */
export function columnMeans({ rows: all, columns, values }: Matrix, rows: number = all): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      sums[column] = (sums[column] as number) + (values[row * columns + column] as number);
  return sums.map((sum) => sum / rows);
}

/** The values of one column. */
export function columnOf({ rows, columns, values }: Matrix, column: number): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => values[row * columns + column] as number);
}
