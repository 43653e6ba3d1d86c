import type { FactorValue } from '../studies/cell.ts';

/** What a chart shows as a table: for people who cannot see it, and for other programs. Values are not rounded. */
export interface ChartTable {
  readonly columns: readonly string[];
  /** A list is a value of a setting. */
  readonly rows: readonly (readonly FactorValue[])[];
  /** What is to be said of the numbers; in JSON. */
  readonly notes?: readonly string[];
}
