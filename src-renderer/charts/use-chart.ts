import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { type Chart, type ChartNumbers, isDrawn } from '../../src-shared/charts/chart.ts';
import type { ChartSource } from '../../src-shared/charts/chart-source.ts';
import {
  chartKind,
  type FigureChart,
  figureChartSchema,
  gatherChart,
} from '../../src-shared/charts/kinds/registry.ts';
import { messageOf } from '../connection/request.ts';
import { latestOnly } from '../stores/latest.ts';
import { inTurn, leaveTurn } from '../components/in-turn.ts';
import { anovaBeside } from './statistics.ts';

/** What was gathered, or the sentence that says why it cannot be; all empty before the first is gathered. */
export interface ShownChart {
  readonly numbers: ChartNumbers | null;
  /** The same where it is drawn. */
  readonly chart: Chart | null;
  readonly reason: string;
  /** By the name of a setting: why what was written there cannot be had. What is shown is without it. */
  readonly mistakes: Readonly<Record<string, string>>;
}

const NOTHING: ShownChart = { numbers: null, chart: null, reason: '', mistakes: {} };

/** A chart that is gathered anew when its settings or its source change; the last one stays until then. Nothing without settings. */
export function useChart(
  chart: () => FigureChart | null,
  source: () => ChartSource,
): Readonly<Ref<ShownChart>> {
  const shown = shallowRef(NOTHING);
  const begin = latestOnly();
  let isLatest = begin();
  const make = async (): Promise<void> => {
    const isStillLatest = isLatest;
    const settings = chart();
    const next = settings === null ? NOTHING : await gathered(settings, source());
    if (isStillLatest()) shown.value = next;
  };
  const makeInTurn = (): void => void make();
  watch(
    [chart, source],
    () => {
      isLatest = begin();
      inTurn(makeInTurn);
    },
    { immediate: true },
  );
  onScopeDispose(() => leaveTurn(makeInTurn));
  return shown;
}

async function gathered(settings: FigureChart, source: ChartSource): Promise<ShownChart> {
  try {
    const numbers = await gatherChart(settings, { ...source, anova: anovaBeside });
    return { numbers, chart: isDrawn(numbers) ? numbers : null, reason: '', mistakes: {} };
  } catch (error) {
    const reason = messageOf(error);
    for (const [name, chart] of withoutWritten(settings)) {
      const shown = await gathered(chart, source);
      if (shown.reason === '') return { ...shown, mistakes: { ...shown.mistakes, [name]: reason } };
    }
    return { numbers: null, chart: null, reason, mistakes: {} };
  }
}

/** The same without one of the settings that a person writes and may leave out, with the name of that. */
function withoutWritten(chart: FigureChart): (readonly [name: string, chart: FigureChart])[] {
  const given: Readonly<Record<string, unknown>> = chart;
  return chartKind(chart)
    .fields.filter(({ name, type, choices }) => type === 'text' && !choices && given[name] !== null)
    .flatMap(({ name, default: usual }) => {
      const { data } = figureChartSchema.safeParse({ ...chart, [name]: usual });
      return data ? [[name, data] as const] : [];
    });
}
