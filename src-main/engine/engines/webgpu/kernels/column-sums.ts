import type { Tensor } from '@tensorflow/tfjs';
import type { Kernel, Output, RunKernel } from './run-kernel.ts';

/** Columns of a group of threads, and the rows that it adds side by side. */
const COLUMNS = 32;
const LANES = 8;
/** Groups that share the rows of the same columns, at most. */
const MOST_PARTS = 64;

interface ColumnSums<Sum extends string, Made extends string> {
  readonly name: string;
  /** [..., columns], of the same size, by name: what is summed up. */
  readonly rows: Readonly<Record<string, Tensor>>;
  /** [columns], by name. */
  readonly columns?: Readonly<Record<string, Tensor>>;
  /** Expressions of WGSL for a value: `rows[i]` of what there is in each place, `columns[c]` in each column; of tap `tap`. */
  readonly sums: Readonly<Record<Sum, string>>;
  /** Pieces of a vector, by sum: each becomes one in its place of what is made like that vector. */
  readonly like?: Readonly<Partial<Record<Sum, Tensor>>>;
  /** Something else is summed for each of them; 1 unless it is said. */
  readonly taps?: number;
  /** Numbers that the expressions name. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Functions that they call. */
  readonly functions?: string;
  /** Written before the expressions. */
  readonly before?: string;
  /** What that writes for each value, `made[i]`, by name, of the shape of the rows. */
  readonly made?: readonly Made[];
  /** By which the sums are multiplied; 1 unless it is said. */
  readonly scale?: number;
  /** What is made of the sums besides, of one tap: it names them `sum[c]`. */
  readonly after?: After<Made>;
}

type After<Made extends string> = Pick<Kernel<Made>, 'code' | 'inputs' | 'outputs' | 'numbers'>;

const NOTHING = { code: '', inputs: {}, outputs: {}, numbers: {} };

/**
 * Sums over all rows of something computed from each value, [taps * columns] each. Rows are summed in a fixed order, so that the same values give
 * the same bits: in groups of threads, then the groups.
 */
export function columnSums<Sum extends string, Made extends string = never>(
  run: RunKernel,
  {
    name,
    rows,
    columns = {},
    sums,
    like = {} as Readonly<Partial<Record<Sum, Tensor>>>,
    taps = 1,
    sizes = {},
    functions = '',
    before = '',
    made = [],
    scale = 1,
    after = NOTHING as unknown as After<Made>,
  }: ColumnSums<Sum, Made>,
): Record<Sum | Made, Tensor> {
  const first = Object.values(rows)[0];
  const shape = first?.shape ?? [];
  const width = shape.at(-1) ?? 0;
  const height = (first?.size ?? 0) / width;
  const names = Object.keys(sums) as Sum[];
  const parts = Math.min(MOST_PARTS, Math.ceil(height / (4 * LANES)));
  const beside = Object.fromEntries(made.map((each) => [each, shape]));
  const whole: Record<string, Output> = Object.fromEntries(
    names.map((sum) => {
      const piece: Tensor | undefined = like[sum];
      return [sum, piece === undefined ? [taps * width] : { shape: [taps * width], like: piece }];
    }),
  );
  const ofParts = {
    inputs: { ...rows, ...columns },
    sizes: { rowCount: height, columnCount: width, parts, taps, ...sizes },
    workgroups: [Math.ceil(width / COLUMNS), parts, taps] as const,
  };
  if (parts === 1)
    return run({
      ...ofParts,
      name,
      code: `${functions}${partsCode(sums, before, `${finishedCode(names)}${after.code}`)}`,
      inputs: { ...ofParts.inputs, ...after.inputs },
      outputs: { ...whole, ...after.outputs, ...beside },
      numbers: { scale, ...after.numbers },
    });
  const place = 'let at = (group.y * u.taps + tap) * u.columnCount + c;';
  const written = names.map((sum) => `${sum}Parts[at] = ${sum}Sum;`);
  const partial = run({
    ...ofParts,
    name: `${name}, parts`,
    code: `${functions}${partsCode(sums, before, [place, ...written].join('\n  '))}`,
    outputs: {
      ...Object.fromEntries(names.map((sum) => [`${sum}Parts`, [parts, taps * width]])),
      ...beside,
    },
  });
  const inputs = Object.fromEntries(names.map((sum) => [`${sum}Parts`, partial[`${sum}Parts`] as Tensor]));
  const found = run({
    name,
    code: wholeCode(names, after.code),
    inputs: { ...inputs, ...after.inputs },
    outputs: { ...whole, ...after.outputs },
    sizes: { width: taps * width, parts },
    numbers: { scale, ...after.numbers },
    workgroups: [Math.ceil((taps * width) / 64)],
  });
  for (const tensor of Object.values(inputs)) tensor.dispose();
  return { ...partial, ...found } as Record<Sum | Made, Tensor>;
}

/** @param end written for each column `c` and tap `tap`, of which `sumSum` is the sum of what this group of threads adds up */
function partsCode(sums: Readonly<Record<string, string>>, before: string, end: string): string {
  const names = Object.keys(sums);
  const each = (write: (sum: string) => string): string => names.map(write).join('\n  ');
  return `
${each((sum) => `var<workgroup> ${sum}Lanes: array<f32, ${COLUMNS * LANES}>;`)}
@compute @workgroup_size(${COLUMNS}, ${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) thread: vec3u) {
  let c = group.x * ${COLUMNS}u + thread.x;
  let tap = group.z;
  ${each((sum) => `var ${sum}Sum = 0.0;`)}
  if (c < u.columnCount) {
    for (var row = group.y * ${LANES}u + thread.y; row < u.rowCount; row += u.parts * ${LANES}u) {
      let i = row * u.columnCount + c;
      ${before}
      ${each((sum) => `${sum}Sum += ${sums[sum] ?? ''};`)}
    }
  }
  let lane = thread.y * ${COLUMNS}u + thread.x;
  ${each((sum) => `${sum}Lanes[lane] = ${sum}Sum;`)}
  workgroupBarrier();
  if (thread.y > 0u || c >= u.columnCount) { return; }
  for (var lane = 1u; lane < ${LANES}u; lane++) {
    ${each((sum) => `${sum}Sum += ${sum}Lanes[lane * ${COLUMNS}u + thread.x];`)}
  }
  ${end}
}`;
}

/** Where a single group of threads adds up all rows of a column. */
function finishedCode(names: readonly string[]): string {
  const written = names.map((sum) => `${sum}[at] = ${sum}Sum * u.scale;`);
  return ['let at = tap * u.columnCount + c;', ...written].join('\n  ');
}

function wholeCode(names: readonly string[], after: string): string {
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
  ${after}
}`;
}
