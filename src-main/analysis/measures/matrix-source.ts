import type { Matrix } from './matrix.ts';

/** A matrix that need not be in memory. */
export interface MatrixSource {
  readonly rows: number;
  readonly columns: number;
  /** All of it; not to be written to. */
  read(): Matrix;
  /** The columns from `start` up to `end`, which is not among them; not to be written to. */
  readColumns(start: number, end: number): Matrix;
}

/** Numbers of a tile: 128 MiB. */
const TILE = 2 ** 25;

/** A matrix that is in memory. */
export function sourceOf(matrix: Matrix): MatrixSource {
  const { rows, columns } = matrix;
  return {
    rows,
    columns,
    read: () => matrix,
    readColumns: (start, end) => takeColumns(matrix, start, end),
  };
}

/**
 * All columns from left to right, so many at a time as a little memory holds: the whole matrix at once where it is small.
 * @param unit columns that stay together
 */
export function* columnTiles(source: MatrixSource, unit = 1): Generator<{ start: number; tile: Matrix }> {
  const { rows, columns } = source;
  const width = Math.max(1, Math.floor(TILE / (rows * unit))) * unit;
  if (width >= columns) {
    yield { start: 0, tile: source.read() };
    return;
  }
  for (let start = 0; start < columns; start += width)
    yield { start, tile: source.readColumns(start, Math.min(columns, start + width)) };
}

function takeColumns(matrix: Matrix, start: number, end: number): Matrix {
  const { rows, columns, values } = matrix;
  if (start === 0 && end === columns) return matrix;
  const width = end - start;
  const taken = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++)
    taken.set(values.subarray(row * columns + start, row * columns + end), row * width);
  return { rows, columns: width, values: taken };
}
