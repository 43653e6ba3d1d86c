import { type Ref, shallowRef, watch } from 'vue';
import { type Chart, isDrawn } from '../../src-shared/charts/chart.ts';
import type { ChartSource } from '../../src-shared/charts/chart-source.ts';
import { type FigureChart, gatherChart } from '../../src-shared/charts/kinds/registry.ts';
import { messageOf } from '../connection/request.ts';

/** A chart, or the sentence that says why there is none; both empty before the first is gathered. */
export interface ShownChart {
  readonly chart: Chart | null;
  readonly reason: string;
}

/** A chart that is gathered anew when its settings or its source change; the last one stays until then. */
export function useChart(chart: () => FigureChart, source: () => ChartSource): Readonly<Ref<ShownChart>> {
  const shown = shallowRef<ShownChart>({ chart: null, reason: '' });
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
    return isDrawn(numbers)
      ? { chart: numbers, reason: '' }
      : { chart: null, reason: 'A table is not drawn.' };
  } catch (error) {
    return { chart: null, reason: messageOf(error) };
  }
}
