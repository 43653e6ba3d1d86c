import type { MatrixSource } from './matrix-source.ts';
import type { RowSpace } from './row-space.ts';
import { RowsByColumns } from './rows-by-columns.ts';
import { productsOfRows, RowsByProducts } from './rows-by-products.ts';

/** Products of more rows are kept only where they are fewer numbers than the rows have: 1 GiB. */
const MANY_ROWS = 2 ** 14;
/** Of each row as many columns at least as this share of the rows, for their products to be kept. */
const WIDE = 1 / 3;

/**
 * With few columns, the rows are points of their columns. With many, what is kept is the products of the rows (their Gram
 * matrix), which are the same to all distances but for rounding: k-means then adds rows of it where images change their
 * cluster, instead of comparing all images with all centres anew in each step, and silhouettes find them computed. Nothing is
 * larger than rows x rows, however wide the rows are, and the columns are read once, a part at a time.
 *
 * @param pause awaited after each part
 */
export async function rowSpace(source: MatrixSource, pause: () => Promise<void>): Promise<RowSpace> {
  const { rows, columns } = source;
  return columns > (rows > MANY_ROWS ? rows : WIDE * rows)
    ? new RowsByProducts(rows, await productsOfRows(source, pause))
    : new RowsByColumns(source.read());
}
