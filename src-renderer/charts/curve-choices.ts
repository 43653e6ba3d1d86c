import { curveQuantity } from '../../src-shared/charts/kinds/curves/data.ts';
import { curveMetrics } from '../../src-shared/metrics/metrics.ts';
import { importedCurves } from '../../src-shared/runs/logged-metrics.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';

/** What may have curves, and what only imported runs among these have. */
export function curveChoices(runs: readonly RunRow[]): { readonly key: string; readonly title: string }[] {
  return [...curveMetrics, ...importedCurves(runs)].map((metric) => ({
    ...{ key: metric, title: curveQuantity(metric).title },
  }));
}
