export type FactorValue = string | number | boolean | null | readonly unknown[];

/** One cell of a study as figures and tables need it. */
export interface StudyCell {
  readonly id: string;
  /** By path, e.g. `network.sr`. */
  readonly factors: Readonly<Record<string, FactorValue>>;
  /** Number of finished runs. */
  readonly n: number;
  /** Mean of the finished runs as a share of one, null without any. */
  readonly mean: number | null;
  /** Bounds of the 95 % t interval, null for fewer than two runs. */
  readonly low: number | null;
  readonly high: number | null;
  readonly parameters: number;
  /** Multiply-accumulates for one image. */
  readonly macs: number;
  /** Each finished run's value. */
  readonly values: readonly number[];
}

export interface StudySummary {
  readonly study: string;
  readonly dataset: string;
  /** What the values are, e.g. `test accuracy`. */
  readonly metric: string;
  readonly cells: readonly StudyCell[];
}

/** A factor that has more than one value in the study, with its values in order. */
export interface Factor {
  readonly path: string;
  readonly values: readonly FactorValue[];
}

/** The factors that the heat map takes first, if they vary. */
const PREFERRED = ['network.sr', 'network.pct3x3'];

/** Factors with more than one value: squeeze ratio and 3x3 share first, then as the cells name them. */
export function varyingFactors(cells: readonly StudyCell[]): Factor[] {
  const paths = new Set([...PREFERRED, ...cells.flatMap(({ factors }) => Object.keys(factors))]);
  return [...paths]
    .map((path) => ({ path, values: distinctValues(cells, path) }))
    .filter(({ values }) => values.length > 1);
}

/** Numbers ascending, then the others in the order in which they appear. */
function distinctValues(cells: readonly StudyCell[], path: string): FactorValue[] {
  const byKey = new Map<string, FactorValue>();
  for (const { factors } of cells) {
    const value = factors[path];
    if (value !== undefined) byKey.set(valueKey(value), value);
  }
  const values = [...byKey.values()];
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return [...numbers, ...values.filter((value) => typeof value !== 'number')];
}

/** Text by which two factor values are the same. */
export function valueKey(value: FactorValue | undefined): string {
  return JSON.stringify(value ?? null);
}
