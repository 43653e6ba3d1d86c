import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../../src-shared/random.ts';
import { computedValues } from '../computed-values.ts';
import { type Buckets, dividedBuckets } from './dependence-graph.ts';
import { columnOf, type Matrix } from './matrix.ts';

/** Columns up to which values are hashed as they are; more are projected at random first. */
const FEW = 6;
/** Rows that each of two halves has at least when all rows are halved once for each projected column. */
const LEAST_ROWS = 10;

/** Values of a side that can be hashed with any bandwidth. */
export interface Hashable {
  /** Row by row: the values, or their projections. */
  readonly coordinates: Matrix;
  /** Of each coordinate the bandwidth by the distances between its values, before it is scaled. */
  readonly bandwidths: Float64Array;
}

/** A part of a matrix, and the row and column at which it begins. */
export interface Tile {
  readonly row: number;
  readonly column: number;
  readonly tile: Matrix;
}

/** A matrix of which a part at a time is in memory. */
export interface TiledMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Those that cover it, in any order. */
  readonly tiles: () => Iterable<Tile>;
}

/**
 * The rows, projected at random as often as there are streams; once and as they are where they have few columns.
 */
export function hashables(source: TiledMatrix, streams: readonly RandomStream[]): Hashable[] {
  const { rows, columns } = source;
  if (columns <= FEW) return projected(source, [identity(columns)]);
  const width = Math.min(columns, Math.max(1, Math.floor(Math.log2(rows / LEAST_ROWS))));
  const scales = columnScales(source);
  return projected(
    source,
    streams.map((stream) => randomProjection(scales, width, stream)),
  );
}

/** @param projections each [columns, width] */
export function projected(source: TiledMatrix, projections: readonly Float32Array[]): Hashable[] {
  const { rows, columns } = source;
  const width = (projections[0]?.length ?? 0) / columns;
  const all = projections.map(() => new Float32Array(rows * width));
  for (const { row, column, tile } of source.tiles())
    for (const [draw, projection] of projections.entries()) {
      const part = product(tile, projection.subarray(column * width, (column + tile.columns) * width));
      const sums = all[draw]?.subarray(row * width, (row + tile.rows) * width);
      for (const [at, value] of sums?.entries() ?? []) if (sums) sums[at] = value + (part[at] as number);
    }
  return all.map((values) => hashable({ rows, columns: width, values }, columns));
}

function product({ rows, columns, values }: Matrix, projection: Float32Array): Float32Array {
  return computedValues(() =>
    tf.matMul(
      tf.tensor2d(values, [rows, columns]),
      tf.tensor2d(projection, [columns, projection.length / columns]),
    ),
  );
}

function identity(columns: number): Float32Array {
  return Float32Array.from({ length: columns ** 2 }, (_, at) => (at % (columns + 1) === 0 ? 1 : 0));
}

/** Normal random numbers divided by the deviation of their column and the square root of the columns. */
function randomProjection(scales: Float64Array, width: number, stream: RandomStream): Float32Array {
  const norm = Math.sqrt(scales.length);
  const draw = (_: unknown, at: number): number =>
    ((scales[Math.floor(at / width)] as number) * stream.normal()) / norm;
  return Float32Array.from({ length: scales.length * width }, draw);
}

/** Of each column 1 / (population) standard deviation; 0 for one that is constant. */
function columnScales({ rows, columns, tiles }: TiledMatrix): Float64Array {
  const sums = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (const { column: start, tile } of tiles())
    for (let row = 0; row < tile.rows; row++)
      for (let at = 0; at < tile.columns; at++) {
        const value = tile.values[row * tile.columns + at] as number;
        sums[start + at] = (sums[start + at] as number) + value;
        squares[start + at] = (squares[start + at] as number) + value * value;
      }
  return sums.map((sum, column) => {
    const mean = sum / rows;
    const deviation = Math.sqrt(Math.max(0, (squares[column] as number) / rows - mean * mean));
    // below the resolution of 32-bit numbers there is only rounding
    return deviation > 1e-6 * Math.abs(mean) ? 1 / deviation : 0;
  });
}

/** @param columns how many the values had before they were projected */
function hashable(coordinates: Matrix, columns: number): Hashable {
  const { rows, columns: width } = coordinates;
  const k = neighboursOf(rows, width);
  const factor = (0.4 * 18 * width) / (1 + Math.log(columns));
  const bandwidths = Float64Array.from(
    { length: width },
    // so that a column of equal values has a bandwidth, too
    (_, column) => factor * (neighbourDistance(columnOf(coordinates, column), k) + 1e-4),
  );
  return { coordinates, bandwidths };
}

/**
 * The rows hashed by the cells of a lattice.
 * @param scale of the bandwidths
 * @param offset of the lattice, in shares of a cell
 */
export function hashRows({ coordinates, bandwidths }: Hashable, scale: number, offset: number): Buckets {
  const { rows, columns, values } = coordinates;
  let buckets: Buckets = { of: new Int32Array(rows), count: 1 };
  const cells = new Float64Array(rows);
  for (let column = 0; column < columns; column++) {
    const width = scale * (bandwidths[column] as number);
    for (let row = 0; row < rows; row++)
      cells[row] = Math.floor((values[row * columns + column] as number) / width + offset);
    buckets = dividedBuckets(buckets, cells);
  }
  return buckets;
}

function neighboursOf(rows: number, width: number): number {
  const share = Math.exp(-1 / Math.max(10_000, width ** 4));
  return Math.floor(0.43 * rows ** (2 / 3 + 0.17 * (width / (width + 1))) * share);
}

/** Mean over the values of the distance to the k-th nearest, the value itself being the first. */
export function neighbourDistance(values: Float32Array, k: number): number {
  const sorted = Float64Array.from(values).sort();
  let total = 0;
  let first = 0;
  for (const value of sorted) {
    // the window of k values moves on while the next value is nearer than its first
    while (
      first + k < sorted.length &&
      (sorted[first + k] as number) - value < value - (sorted[first] as number)
    )
      first++;
    total += Math.max(value - (sorted[first] as number), (sorted[first + k - 1] as number) - value);
  }
  return total / sorted.length;
}
