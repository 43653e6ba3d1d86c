/** What a chart shows as a table: for people who cannot see it, and for other programs. Values are not rounded. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** What is to be said of the numbers; in JSON. */
  readonly notes?: readonly string[];
}
