import { type AnyCurveMetric, type ImportedMetric, isImportedMetric } from '../metrics/imported-metric.ts';
import { curveMetrics } from '../metrics/metrics.ts';
import type { RunRow } from './run-row.ts';

type Logged = Pick<RunRow, 'summaries'>;

/** The metrics of which only imported runs among these have curves, in the order in which they come. */
export function importedCurves(runs: readonly Logged[]): ImportedMetric[] {
  return [...loggedMetrics(runs)].filter(isImportedMetric);
}

/** Those that say most first. */
const TELLING = ['validationAccuracy', 'validationLoss', 'trainingAccuracy', 'trainingLoss', 'loss'] as const;

/** The metric whose curves are shown unless another is asked for; null where no run that has ended has any. */
export function usualCurve(runs: readonly Logged[]): AnyCurveMetric | null {
  const logged = loggedMetrics(runs);
  const all = [...TELLING, ...curveMetrics, ...importedCurves(runs)];
  return all.find((metric) => logged.has(metric)) ?? null;
}

function loggedMetrics(runs: readonly Logged[]): ReadonlySet<string> {
  return new Set(runs.flatMap(({ summaries }) => Object.keys(summaries)));
}
