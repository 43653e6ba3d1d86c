import type { Direction, ValueKind } from '../metrics/value-kind.ts';
import type { RangeName } from '../statistics/interval.ts';
import type { FactorValue } from '../studies/cell.ts';
import type { CellRow, RunRow } from './run-row.ts';

/** Null where a run has no value. A list stands in a column whose field takes lists, and in `tags`. */
export type ColumnValue = FactorValue;

/** One column of the table of runs. */
export interface Column {
  /** e.g. `network.sr`, `testAccuracy`, `best.validationAccuracy`. */
  readonly key: string;
  /** What the field calls it, e.g. `squeeze ratio`. */
  readonly title: string;
  /** For a chip or a narrow head, e.g. `SR`. */
  readonly short: string;
  readonly kind: ValueKind;
  /** Which values are better; null where none are. */
  readonly better: Direction | null;
  /** What its values can be, where the kind does not say it. */
  readonly range?: RangeName;
  /** Names that people may write for it, besides its key. */
  readonly aliases?: readonly string[];
  /** Key of the column by which cells are chosen whose results in this one are reported; itself where it is absent. */
  readonly judge?: string;
  /** `cell` is null where the run's cell is unknown. */
  readonly value: (row: RunRow, cell: CellRow | null) => ColumnValue;
}
