import { type Ref, shallowRef, watch } from 'vue';
import { type Chart, type ChartNumbers, isDrawn } from '../../src-shared/charts/chart.ts';
import type { ChartSource } from '../../src-shared/charts/chart-source.ts';
import { type FigureChart, gatherChart } from '../../src-shared/charts/kinds/registry.ts';
import { messageOf } from '../connection/request.ts';

/** What was gathered, or the sentence that says why it cannot be; all empty before the first is gathered. */
export interface ShownChart {
  readonly numbers: ChartNumbers | null;
  /** The same where it is drawn. */
  readonly chart: Chart | null;
  readonly reason: string;
}

/** A chart that is gathered anew when its settings or its source change; the last one stays until then. */
export function useChart(chart: () => FigureChart, source: () => ChartSource): Readonly<Ref<ShownChart>> {
  const shown = shallowRef<ShownChart>({ numbers: null, chart: null, reason: '' });
  let latest = 0;
  watch(
    [chart, source],
    async ([settings, from]) => {
      const mine = ++latest;
      const next = await gathered(settings, from);
      if (mine === latest) shown.value = next;
    },
    { immediate: true },
  );
  return shown;
}

async function gathered(settings: FigureChart, source: ChartSource): Promise<ShownChart> {
  try {
    const numbers = await gatherChart(settings, source);
    return { numbers, chart: isDrawn(numbers) ? numbers : null, reason: '' };
  } catch (error) {
    return { numbers: null, chart: null, reason: messageOf(error) };
  }
}
