/** What a chart shows, as a table: the alternative for those who cannot see it, and for those who want the numbers. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}
