import { computed, type ComputedRef } from 'vue';
import { methodOf } from '../../../src-shared/analysis/findings.ts';
import type { KnownAnalysis } from '../../../src-shared/analysis/analysis-result.ts';
import { arrivedLayers, type ArrivingAnalysis, unknownYet } from '../../../src-shared/analysis/arriving.ts';
import { checkpointOf, LAST } from '../../../src-shared/analysis/checkpoints.ts';
import type { ChartSource } from '../../../src-shared/charts/chart-source.ts';
import { chartKind, type FigureChart } from '../../../src-shared/charts/kinds/registry.ts';
import { counted } from '../../../src-shared/counted.ts';
import { useArriving } from '../../stores/arriving.ts';

/** What arrives of these runs, at the end of their training, and is not known whole. */
export function useArrivingHere(
  ids: () => readonly string[],
  known: () => readonly KnownAnalysis[],
): ComputedRef<readonly ArrivingAnalysis[]> {
  const arriving = useArriving();
  return computed(() => {
    const own = new Set(ids());
    const here = arriving.analyses.filter(
      ({ run, settings }) => own.has(run) && checkpointOf(settings) === LAST,
    );
    return unknownYet(here, known());
  });
}

/**
 * The source with what arrives beside what is known. A mean over cells is of layers that all of them have: it takes whole networks alone.
 */
export function withArriving(
  source: ChartSource,
  chart: FigureChart,
  arriving: readonly ArrivingAnalysis[],
): ChartSource {
  const taken = takesParts(chart) ? arriving : arriving.filter(({ state }) => state === 'stored');
  if (taken.length === 0) return source;
  return {
    ...source,
    analyses: async (runs, finding, which) => {
      const own = taken.filter(({ run, method }) => method === methodOf(finding) && runs.includes(run));
      return [...(await source.analyses(runs, finding, which)), ...own];
    },
  };
}

function takesParts(chart: FigureChart): boolean {
  return !('line' in chart) || chart.line === null;
}

/** What is to be said below a chart of which a part arrives; empty without such. */
export function arrivingText(chart: FigureChart, arriving: readonly ArrivingAnalysis[]): string {
  const method = methodOf(chartKind(chart).finding(chart) ?? '');
  const own = arriving.filter((each) => each.method === method && each.state === 'arriving');
  if (own.length === 0) return '';
  if (!takesParts(chart))
    return 'Being computed: means over cells take whole runs, and are of those that are done.';
  const parts = own.map((each) => `${counted(arrivedLayers(each), 'layer')} of ${each.run}`);
  return `Being computed: ${parts.join(', ')} so far. What is cancelled now is not kept.`;
}
