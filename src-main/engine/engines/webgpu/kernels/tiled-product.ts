import type { Tensor } from '@tensorflow/tfjs';
import type { Output, RunKernel } from './run-kernel.ts';

/** Rows of a tile of the product, and what is summed at once. */
const TILE_ROWS = 64;
const TILE_DEPTH = 16;

/**
 * A product of matrices of which none has to be in memory as such: they are read by expressions, as a convolution reads the patches of its
 * images.
 */
interface TiledProduct {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly output: Output;
  /** Whether it is added to what is there. */
  readonly isAdded?: boolean;
  readonly rows: number;
  readonly columns: number;
  /** What is summed. */
  readonly depth: number;
  /** Products beside each other, each of which may read and write elsewhere. */
  readonly groups: number;
  /** Into how many parts the depth is cut, each with a product of its own; 1 unless it is said. */
  readonly parts?: number;
  readonly sizes: Readonly<Record<string, number>>;
  /** Functions of WGSL that the following call. */
  readonly functions: string;
  /** Body of a function of WGSL: the left matrix's value at `row`, `k` of `group`. */
  readonly left: string;
  /** The right matrix's at `k`, `column` of `group`. */
  readonly right: string;
  /** The place in the output of `row`, `column` of `group` and `part`. */
  readonly place: string;
}

/** @returns float32 of the shape of the output; the sum in each place is taken in a fixed order */
export function tiledProduct(run: RunKernel, product: TiledProduct): Tensor {
  const { name, inputs, output, rows, columns, depth, groups, parts = 1, sizes } = product;
  const width = columns > 32 ? 64 : columns > 16 ? 32 : 16;
  const { y } = run({
    name,
    code: productCode(product, width),
    inputs,
    outputs: { y: output },
    sizes: { rows, columns, depth, parts, partDepth: Math.ceil(depth / parts), ...sizes },
    workgroups: [Math.ceil(columns / width), Math.ceil(rows / TILE_ROWS), groups * parts],
  });
  return y;
}

/** Tiles that a product of this size has. */
export function tilesOf({ rows, columns }: Pick<TiledProduct, 'rows' | 'columns'>): number {
  return Math.ceil(rows / TILE_ROWS) * Math.ceil(columns / 64);
}

/** Of 16 x 16 threads each computes 4 rows of `width` / 16 columns, written out: what is indexed by a loop may not be kept in registers. */
function productCode(
  { functions, left, right, place, isAdded = false }: TiledProduct,
  width: number,
): string {
  const rows = [0, 1, 2, 3];
  const columns = Array.from({ length: width / 16 }, (_, column) => column);
  const each = (write: (r: number, c: number) => string): string =>
    rows.flatMap((r) => columns.map((c) => write(r, c))).join('\n    ');
  const loaded = (tile: string, count: number, value: string): string => `
    for (var load = thread; load < ${count}u; load += 256u) { ${tile}[load] = ${value}; }`;
  const leftLoad = `leftOrZero(firstRow + load / ${TILE_DEPTH}u, first + load % ${TILE_DEPTH}u, end, group)`;
  const rightLoad = `rightOrZero(first + load / ${width}u, firstColumn + load % ${width}u, end, group)`;
  return `${functions}
fn leftAt(row: u32, k: u32, group: u32) -> f32 { ${left} }
fn rightAt(k: u32, column: u32, group: u32) -> f32 { ${right} }
fn placeOf(row: u32, column: u32, group: u32, part: u32) -> u32 { ${place} }

fn leftOrZero(row: u32, k: u32, end: u32, group: u32) -> f32 {
  if (row >= u.rows || k >= end) { return 0.0; }
  return leftAt(row, k, group);
}
fn rightOrZero(k: u32, column: u32, end: u32, group: u32) -> f32 {
  if (column >= u.columns || k >= end) { return 0.0; }
  return rightAt(k, column, group);
}
fn write(row: u32, column: u32, group: u32, part: u32, value: f32) {
  if (row < u.rows && column < u.columns) { y[placeOf(row, column, group, part)] ${isAdded ? '+=' : '='} value; }
}

var<workgroup> leftTile: array<f32, ${TILE_ROWS * TILE_DEPTH}>;
var<workgroup> rightTile: array<f32, ${width * TILE_DEPTH}>;

@compute @workgroup_size(16, 16)
fn main(
  @builtin(workgroup_id) tile: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let group = tile.z / u.parts;
  let part = tile.z % u.parts;
  let firstRow = tile.y * ${TILE_ROWS}u;
  let firstColumn = tile.x * ${width}u;
  let end = min(u.depth, (part + 1u) * u.partDepth);
  ${each((r, c) => `var sum${r}${c} = 0.0;`)}
  for (var first = part * u.partDepth; first < end; first += ${TILE_DEPTH}u) {
    // neighbours in memory are columns of the right matrix, and what is summed of the left one
    ${loaded('leftTile', TILE_ROWS * TILE_DEPTH, leftLoad)}
    ${loaded('rightTile', width * TILE_DEPTH, rightLoad)}
    workgroupBarrier();
    for (var k = 0u; k < ${TILE_DEPTH}u; k++) {
      ${rows.map((r) => `let left${r} = leftTile[(local.y + ${16 * r}u) * ${TILE_DEPTH}u + k];`).join('\n      ')}
      ${columns.map((c) => `let right${c} = rightTile[k * ${width}u + local.x + ${16 * c}u];`).join('\n      ')}
      ${each((r, c) => `sum${r}${c} += left${r} * right${c};`)}
    }
    workgroupBarrier();
  }
  ${each((r, c) => `write(firstRow + local.y + ${16 * r}u, firstColumn + local.x + ${16 * c}u, group, part, sum${r}${c});`)}
}`;
}
