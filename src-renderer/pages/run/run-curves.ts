import { curveQuantity, curvesData, type CurvesData } from '../../../src-shared/charts/kinds/curves/data.ts';
import type { CurveAxis } from '../../../src-shared/charts/kinds/curves/choose-curves.ts';
import type { Curve } from '../../../src-shared/runs/curve.ts';
import {
  type AnyCurveMetric,
  type ImportedMetric,
  isImportedMetric,
} from '../../../src-shared/metrics/imported-metric.ts';
import type { PointMetric } from '../../../src-shared/metrics/metric.ts';
import {
  CURVE_METRICS,
  type CurveMetric,
  curveMetrics,
  isOfSteps,
} from '../../../src-shared/metrics/metrics.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';

/** One line of a chart of a single run. */
export interface RunLine {
  readonly metric: AnyCurveMetric;
  readonly label: string;
  /** One point a step, so that it is noisy: it stands faint beside the others and is smoothed. */
  readonly isOfSteps: boolean;
}

/** One of the charts: lines that share an axis. */
export interface RunChart {
  readonly title: string;
  readonly lines: readonly RunLine[];
}

/** A chart for each quantity, with the curves of everything that is measured of it. */
export const RUN_CHARTS: readonly RunChart[] = [
  ...Map.groupBy(curveMetrics, (metric) => CURVE_METRICS[metric].chart),
].map(([title, metrics]) => ({ title, lines: metrics.map(runLine) }));

function runLine(metric: CurveMetric): RunLine {
  if (isOfSteps(metric)) return { metric, label: 'each step', isOfSteps: true };
  const isOfTraining = CURVE_METRICS[metric].part === 'training';
  return { metric, label: isOfTraining ? 'training, mean of the epoch' : 'validation', isOfSteps: false };
}

/** A chart of its own for each metric of which only an imported run has a curve, since nothing says what it could share. */
export function importedChart(metric: ImportedMetric): RunChart {
  const { title } = curveQuantity(metric);
  return { title, lines: [{ metric, label: title, isOfSteps: false }] };
}

function isScheduled(metric: AnyCurveMetric): boolean {
  if (isImportedMetric(metric)) return false;
  const described: PointMetric = CURVE_METRICS[metric];
  return described.isScheduled ?? false;
}

/** Grey on light and dark; a line that is alone in its chart takes the palette's first colour. */
const STEP_COLOUR = '#8a8a8a';

/**
 * The curves of one run that share a chart, those of steps smoothed.
 *
 * @param curves of the run by metric; those without points are left out
 * @returns null where no line has a point
 */
export function runCurves(
  index: RunIndex,
  { title, lines }: RunChart,
  curves: ReadonlyMap<AnyCurveMetric, Curve>,
  settings: { readonly x: CurveAxis; readonly smoothing: number },
): CurvesData | null {
  const drawn = lines.flatMap(({ metric, label, isOfSteps: isStep }) => {
    const curve = curves.get(metric);
    if (!curve?.values.some((value) => value !== null)) return [];
    // a schedule has no noise
    const smoothing = isStep && !isScheduled(metric) ? settings.smoothing : 0;
    const data = curvesData(index, [curve], {
      ...{ metric, x: settings.x, smoothing, groupBy: null, members: false },
    });
    const colour = isStep && lines.length > 1 ? STEP_COLOUR : null;
    return data.lines.map((line) => ({ data, line: { ...line, key: metric, label, colour, places: null } }));
  });
  const [first] = drawn;
  if (!first) return null;
  const { quantity } = first.data;
  return {
    quantity: { ...quantity, title, short: title, axis: quantity.scale === 100 ? `${title} (%)` : title },
    x: settings.x,
    smoothing: Math.max(...drawn.map(({ data }) => data.smoothing)),
    lines: drawn.map(({ line }) => line),
    ...{ codes: null, account: null, notes: [] },
  };
}
