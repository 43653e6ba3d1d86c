/** An observation: which row of the model it has, its block, and its value. */
export interface Observation {
  readonly row: number;
  readonly block: number;
  readonly value: number;
}

/** The normal equations of a linear model from which the means of the blocks were taken out. */
export interface NormalEquations {
  readonly n: number;
  /** Its lower half. */
  readonly gram: readonly Float64Array[];
  readonly moments: Float64Array;
  /** Sum of squares of the values about the means of their blocks. */
  readonly total: number;
  /** Blocks that have observations: size, mean value, mean row. */
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly n: number;
  readonly value: number;
  readonly row: Float64Array;
}

/** Of its square, what a column may lack beside the columns before it and still be independent of them. */
const DEPENDENT = 1e-10;
/** What rounding may leave of a coefficient of an estimable function. */
const ESTIMABLE = 1e-6;

/**
 * Takes the blocks out as means of values and rows, which leaves the same as fitting them (Frisch, Waugh and Lovell).
 *
 * @param rows of the model, all of one length
 */
export function withinBlocks(
  rows: readonly Float64Array[],
  observations: readonly Observation[],
): NormalEquations {
  const width = rows[0]?.length ?? 0;
  const centre = observations.reduce((sum, { value }) => sum + value, 0) / observations.length;
  const blocks = [...Map.groupBy(observations, ({ block }) => block).values()].map((members): Block => {
    const row = new Float64Array(width);
    for (const member of members) addTo(row, rows[member.row], 1 / members.length);
    const value = members.reduce((sum, member) => sum + (member.value - centre) / members.length, centre);
    return { n: members.length, value, row };
  });
  const gram = Array.from({ length: width }, (_, at) => new Float64Array(at + 1));
  const moments = new Float64Array(width);
  for (const [place, members] of Map.groupBy(observations, ({ row }) => row)) {
    addSquare(gram, rows[place], members.length);
    addTo(
      moments,
      rows[place],
      members.reduce((sum, { value }) => sum + value - centre, 0),
    );
  }
  for (const { n, value, row } of blocks) {
    addSquare(gram, row, -n);
    addTo(moments, row, -n * (value - centre));
  }
  const fitted = new Float64Array(rows.length);
  return { n: observations.length, gram, moments, blocks, total: residualSquares(observations, fitted) };
}

/** Sum of squares of what these values leave of the observations, about the means of the blocks. @param fitted one for each row */
function residualSquares(observations: readonly Observation[], fitted: Float64Array): number {
  let squares = 0;
  for (const members of Map.groupBy(observations, ({ block }) => block).values()) {
    const rest = members.map(({ row, value }) => value - (fitted[row] ?? 0));
    const centre = rest.reduce((sum, value) => sum + value, 0) / rest.length;
    for (const value of rest) squares += (value - centre) ** 2;
  }
  return squares;
}

/** Some of the columns of a model, fitted one after another: of those that depend on others the first count. */
export interface Fit {
  readonly rank: number;
  /** Independent ones among these columns. */
  readonly rankOf: (columns: readonly number[]) => number;
  /** What these columns explain beyond those before them. */
  readonly explained: (columns: readonly number[]) => number;
  /** A linear function of the coefficients, given by one number for each column of the model. */
  readonly project: (weights: Float64Array) => Projection;
}

export interface Projection {
  readonly estimate: number;
  /** Orthonormal coordinates: the estimate's variance is the residual's times the sum of their squares. */
  readonly coordinates: Float64Array;
  /** Whether the observations tell it, however dependent columns are resolved. */
  readonly isEstimable: boolean;
}

/** Cholesky decomposition, skipping dependent columns. @param order places of the columns, those that come first first */
export function fitColumns({ gram, moments }: NormalEquations, order: readonly number[]): Fit {
  const kept: number[] = [];
  const lower: Float64Array[] = [];
  const shares: number[] = [];
  const dropped: { readonly column: number; readonly row: Float64Array }[] = [];
  for (const column of order) {
    const row = new Float64Array(kept.length + 1);
    let rest = entry(gram, column, column);
    const least = DEPENDENT * rest;
    for (const [place, other] of kept.entries()) {
      const of = lower[place] ?? row;
      const share = (entry(gram, column, other) - dot(row, of, place)) / (of[place] ?? NaN);
      row[place] = share;
      rest -= share * share;
    }
    if (rest <= least) {
      dropped.push({ column, row });
      continue;
    }
    const pivot = Math.sqrt(rest);
    row[kept.length] = pivot;
    shares.push(((moments[column] ?? 0) - dot(row, shares, kept.length)) / pivot);
    kept.push(column);
    lower.push(row);
  }
  return {
    rank: kept.length,
    rankOf: (columns) => countIn(kept, columns),
    explained: (columns) => {
      const own = new Set(columns);
      return kept.reduce((sum, column, place) => sum + (own.has(column) ? (shares[place] ?? 0) ** 2 : 0), 0);
    },
    project: (weights) => {
      const coordinates = new Float64Array(kept.length);
      for (const [place, column] of kept.entries()) {
        const of = lower[place] ?? coordinates;
        coordinates[place] = ((weights[column] ?? 0) - dot(of, coordinates, place)) / (of[place] ?? NaN);
      }
      const isEstimable = dropped.every(
        ({ column, row }) =>
          Math.abs((weights[column] ?? 0) - dot(row, coordinates, row.length - 1)) < ESTIMABLE,
      );
      return { estimate: dot(coordinates, shares, kept.length), coordinates, isEstimable };
    },
  };
}

/** What a fit of all columns leaves of the observations, without the rounding of a difference. */
export function residualOf(
  rows: readonly Float64Array[],
  observations: readonly Observation[],
  { project }: Fit,
): number {
  return residualSquares(
    observations,
    Float64Array.from(rows, (row) => project(row).estimate),
  );
}

function countIn(kept: readonly number[], columns: readonly number[]): number {
  const own = new Set(columns);
  return kept.filter((column) => own.has(column)).length;
}

function entry(gram: readonly Float64Array[], one: number, other: number): number {
  return gram[Math.max(one, other)]?.[Math.min(one, other)] ?? NaN;
}

/** Of the first so many. */
function dot(one: ArrayLike<number>, other: ArrayLike<number>, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function addTo(sum: Float64Array, row: Float64Array | undefined, weight: number): void {
  if (row) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + weight * (row[at] ?? 0);
}

function addSquare(gram: readonly Float64Array[], row: Float64Array | undefined, weight: number): void {
  if (!row) return;
  for (const [at, line] of gram.entries()) {
    const factor = weight * (row[at] ?? 0);
    if (factor !== 0) addTo(line, row, factor);
  }
}
