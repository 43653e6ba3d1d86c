import type { SeriesSummary } from '../metrics/measured-values.ts';
import type { AnyCurveMetric } from '../metrics/imported-metric.ts';
import type { StoredCell } from '../studies/cell.ts';
import type { SeedDecision } from '../studies/seeds-until.ts';
import type { RunRecord } from '../studies/run-record.ts';

/** A run as the table of runs shows it. */
export type RunRow = RunRecord & {
  /** Empty where it is unknown. */
  readonly dataset: string;
  /** Written by the user; empty where there is none. */
  readonly note: string;
  /** The step from which it goes on that was interrupted, 0 for its beginning: what the page is told, who asks where the files are. */
  readonly goesOnAt?: number;
  readonly tags: readonly string[];
  /**
   * Share of the test images of each class that are recognized; null for a class without images. Empty until the run is
   * complete, and with more than `MOST_RECALLS` classes.
   */
  readonly recalls: readonly (number | null)[];
  /** Without an entry where nothing was measured. */
  readonly summaries: Readonly<Partial<Record<AnyCurveMetric, SeriesSummary>>>;
};

/** A cell as the table of runs needs it: `network` and `recipe`, if known, are complete, so that any field can be a column. */
export interface CellRow extends StoredCell {
  /** Name of the study; a cell's id alone may stand in several studies. */
  readonly study: string;
  /** The seeds that the study's file asks for, of an imported study those of its runs; null where the file no longer names the cell. */
  readonly asked: readonly number[] | null;
  /** What has been decided about them where a rule adds them. */
  readonly decision?: SeedDecision;
}
