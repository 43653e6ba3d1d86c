import { computed, type ComputedRef } from 'vue';
import type { CurveAxis } from '../../src-shared/charts/kinds/curves/choose-curves.ts';
import type { FigureChart } from '../../src-shared/charts/kinds/registry.ts';
import { usualCurve } from '../../src-shared/runs/logged-metrics.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';
import { useQuery } from '../components/use-query.ts';
import { curveChoices } from './curve-choices.ts';

/** What is chosen of curves. */
export interface CurveChoice {
  /** Null for the usual one. */
  readonly metric: string | null;
  readonly x: CurveAxis;
  /** From 0 (raw) to below 1. */
  readonly smoothing: number;
  /** Whether a line is the mean of a cell, or a run. */
  readonly isGrouped: boolean;
  /** Whether the runs of a mean are drawn as well. */
  readonly members: boolean;
  /** Setting that has the colours; null for the first with few values. */
  readonly colourBy: string | null;
  readonly logX: boolean;
  readonly logY: boolean;
}

/** How an address says an axis; that of epochs is the usual one. */
const AXES = new Map<CurveAxis, string>([
  ['step', 'step'],
  ['epoch', ''],
  ['relative time', 'time'],
  ['wall time', 'clock'],
]);
export const CURVE_AXES: readonly CurveAxis[] = [...AXES.keys()];

/** Of lines, what is not usual. */
const LINES = { runs: { isGrouped: false, members: false }, both: { isGrouped: true, members: true } };

/**
 * What is chosen of curves, kept in the parts of the address that begin with `curve`.
 *
 * @param usualSmoothing where nothing was chosen
 */
export function useCurveChoice(usualSmoothing = 0): {
  readonly choice: ComputedRef<CurveChoice>;
  readonly choose: (changed: Partial<CurveChoice>) => void;
} {
  const { parts, set } = useQuery([
    ...(['curve', 'curve-x', 'curve-smoothing', 'curve-lines', 'curve-colour', 'curve-log'] as const),
  ]);
  const choice = computed((): CurveChoice => {
    const {
      curve,
      'curve-x': x,
      'curve-smoothing': smoothing,
      'curve-lines': lines,
      'curve-colour': colourBy,
      'curve-log': log,
    } = parts.value;
    return {
      metric: curve || null,
      x: CURVE_AXES.find((axis) => AXES.get(axis) === x) ?? 'epoch',
      smoothing: smoothingIn(smoothing) ?? usualSmoothing,
      ...(lines === 'runs' || lines === 'both' ? LINES[lines] : { isGrouped: true, members: false }),
      colourBy: colourBy || null,
      ...{ logX: log.includes('x'), logY: log.includes('y') },
    };
  });

  function choose(changed: Partial<CurveChoice>): void {
    const next = { ...choice.value, ...changed };
    set({
      curve: next.metric ?? '',
      'curve-x': AXES.get(next.x) ?? '',
      'curve-smoothing': next.smoothing === usualSmoothing ? '' : String(next.smoothing),
      'curve-lines': next.isGrouped ? (next.members ? 'both' : '') : 'runs',
      'curve-colour': next.colourBy ?? '',
      'curve-log': `${next.logX ? 'x' : ''}${next.logY ? 'y' : ''}`,
    });
  }
  return { choice, choose };
}

/** Null for what is no smoothing. */
function smoothingIn(text: string): number | null {
  const value = Number(text);
  return text !== '' && value >= 0 && value < 1 ? value : null;
}

/** The chart of the curves of several runs as it is chosen; what these have no curves of is not chosen. */
export function useCurvesOf(runs: () => readonly RunRow[]): {
  readonly choice: ComputedRef<CurveChoice>;
  readonly choose: (changed: Partial<CurveChoice>) => void;
  readonly metrics: ComputedRef<ReturnType<typeof curveChoices>>;
  readonly metric: ComputedRef<string>;
  readonly settings: ComputedRef<FigureChart>;
} {
  const { choice, choose } = useCurveChoice();
  const metrics = computed(() => curveChoices(runs()));
  const metric = computed(() => {
    const chosen = metrics.value.find(({ key }) => key === choice.value.metric);
    // before a run has ended there is a loss, and nothing else for long
    return chosen?.key ?? usualCurve(runs()) ?? 'loss';
  });
  const settings = computed((): FigureChart => {
    const { isGrouped, x, smoothing, members, colourBy, logX, logY } = choice.value;
    return {
      ...{ kind: 'curves', metric: metric.value, groupBy: isGrouped ? ['cell'] : null },
      ...{ x, smoothing, members, colourBy, logX, logY },
    };
  });
  return { choice, choose, metrics, metric, settings };
}
