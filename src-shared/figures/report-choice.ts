import { z } from 'zod';
import { CHART_KINDS } from '../charts/kinds/registry.ts';
import type { ChartKind } from '../charts/chart-kind.ts';

/** Of these kinds a report has a section each. */
const OWN_SECTIONS: ReadonlySet<string> = new Set(['effects', 'differences']);

/** The kinds of charts that may be chosen for the figures of a report. */
export const REPORT_CHARTS: readonly ChartKind[] = CHART_KINDS.filter(
  ({ name, basis }) => basis === 'runs' && !OWN_SECTIONS.has(name),
);

/** What is chosen of a report. */
export const reportChoiceSchema = z.strictObject({
  /** Names of kinds of charts in the order of the figures; null: those that suit the study. */
  figures: z
    .array(z.enum(REPORT_CHARTS.map(({ name }) => name)))
    .min(1)
    .nullable()
    .default(null),
  /** Of equivalence, as the metric is shown; null: differences are tested, equivalence is not. */
  margin: z.number().positive().nullable().default(null),
});
export type ReportChoice = z.output<typeof reportChoiceSchema>;

/** What every report has. */
export const USUAL_REPORT: ReportChoice = { figures: null, margin: null };
