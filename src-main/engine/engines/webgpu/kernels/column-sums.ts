import type { Tensor } from '@tensorflow/tfjs';
import type { RunKernel } from './run-kernel.ts';

/** Columns of a group of threads, and the rows that it adds side by side. */
const COLUMNS = 32;
const LANES = 8;
/** Groups that share the rows of the same columns, at most. */
const MOST_PARTS = 64;

interface ColumnSums<Sum extends string> {
  readonly name: string;
  /** [..., columns], of the same size, by name: what is summed up. */
  readonly rows: Readonly<Record<string, Tensor>>;
  /** [columns], by name. */
  readonly columns?: Readonly<Record<string, Tensor>>;
  /** Expressions of WGSL for a value: `rows[i]` of what there is in each place, `columns[c]` in each column; of tap `tap`. */
  readonly sums: Readonly<Record<Sum, string>>;
  /** Something else is summed for each of them; 1 unless it is said. */
  readonly taps?: number;
  /** Numbers that the expressions name. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Functions that they call. */
  readonly functions?: string;
  /** Written before the expressions. */
  readonly before?: string;
  /** By which the sums are multiplied; 1 unless it is said. */
  readonly scale?: number;
}

/**
 * Sums over all rows of something computed from each value, [taps * columns] each. Rows are summed in a fixed order, so that the same values give
 * the same bits: in groups of threads, then the groups.
 */
export function columnSums<Sum extends string>(
  run: RunKernel,
  {
    name,
    rows,
    columns = {},
    sums,
    taps = 1,
    sizes = {},
    functions = '',
    before = '',
    scale = 1,
  }: ColumnSums<Sum>,
): Record<Sum, Tensor> {
  const first = Object.values(rows)[0];
  const width = first?.shape.at(-1) ?? 0;
  const height = (first?.size ?? 0) / width;
  const names = Object.keys(sums) as Sum[];
  const parts = Math.min(MOST_PARTS, Math.ceil(height / (4 * LANES)));
  const partial = run({
    name: `${name}, parts`,
    code: `${functions}${partsCode(sums, before)}`,
    inputs: { ...rows, ...columns },
    outputs: Object.fromEntries(names.map((sum) => [`${sum}Parts`, [parts, taps * width]])),
    sizes: { rowCount: height, columnCount: width, parts, taps, ...sizes },
    workgroups: [Math.ceil(width / COLUMNS), parts, taps],
  });
  const found = run({
    name,
    code: wholeCode(names),
    inputs: partial,
    outputs: Object.fromEntries(names.map((sum) => [sum, [taps * width]])),
    sizes: { width: taps * width, parts },
    numbers: { scale },
    workgroups: [Math.ceil((taps * width) / 64)],
  });
  for (const tensor of Object.values<Tensor>(partial)) tensor.dispose();
  return found;
}

function partsCode(sums: Readonly<Record<string, string>>, before: string): string {
  const names = Object.keys(sums);
  const each = (write: (sum: string) => string): string => names.map(write).join('\n  ');
  return `
${each((sum) => `var<workgroup> ${sum}Lanes: array<f32, ${COLUMNS * LANES}>;`)}
@compute @workgroup_size(${COLUMNS}, ${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) thread: vec3u) {
  let c = group.x * ${COLUMNS}u + thread.x;
  let tap = group.z;
  ${each((sum) => `var ${sum} = 0.0;`)}
  if (c < u.columnCount) {
    for (var row = group.y * ${LANES}u + thread.y; row < u.rowCount; row += u.parts * ${LANES}u) {
      let i = row * u.columnCount + c;
      ${before}
      ${each((sum) => `${sum} += ${sums[sum] ?? ''};`)}
    }
  }
  let place = thread.y * ${COLUMNS}u + thread.x;
  ${each((sum) => `${sum}Lanes[place] = ${sum};`)}
  workgroupBarrier();
  if (thread.y > 0u || c >= u.columnCount) { return; }
  for (var lane = 1u; lane < ${LANES}u; lane++) {
    ${each((sum) => `${sum} += ${sum}Lanes[lane * ${COLUMNS}u + thread.x];`)}
  }
  ${each((sum) => `${sum}Parts[(group.y * u.taps + tap) * u.columnCount + c] = ${sum};`)}
}`;
}

function wholeCode(names: readonly string[]): string {
  const each = (write: (sum: string) => string): string => names.map(write).join('\n  ');
  return `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) thread: vec3u) {
  let c = thread.x;
  if (c >= u.width) { return; }
  ${each((sum) => `var ${sum}Sum = 0.0;`)}
  for (var part = 0u; part < u.parts; part++) {
    ${each((sum) => `${sum}Sum += ${sum}Parts[part * u.width + c];`)}
  }
  ${each((sum) => `${sum}[c] = ${sum}Sum * u.scale;`)}
}`;
}
