import { curvesData, type CurveAxis, type CurvesData } from '../../../src-shared/charts/curves/data.ts';
import type { Curve, CurveMetric } from '../../../src-shared/contract/api/runs.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';

/** One line of a chart of a single run. */
export interface RunLine {
  readonly metric: CurveMetric;
  readonly label: string;
  /** One point a step, so that it is noisy: it stands faint beside the others and is smoothed. */
  readonly isOfSteps: boolean;
}

/** One of the charts: lines that share an axis. */
export interface RunChart {
  readonly title: string;
  readonly lines: readonly RunLine[];
}

const validation = (metric: CurveMetric): RunLine => ({ metric, label: 'validation', isOfSteps: false });
const training = (metric: CurveMetric): RunLine => ({
  metric,
  label: 'training, mean of the epoch',
  isOfSteps: false,
});
const step = (metric: CurveMetric): RunLine => ({ metric, label: 'each step', isOfSteps: true });

export const RUN_CHARTS: readonly RunChart[] = [
  { title: 'loss', lines: [training('trainingLoss'), validation('validationLoss'), step('loss')] },
  {
    title: 'accuracy',
    lines: [training('trainingAccuracy'), validation('validationAccuracy'), step('accuracy')],
  },
  { title: 'top-5 accuracy', lines: [training('trainingTop5'), validation('validationTop5')] },
  { title: 'learning rate', lines: [step('learningRate')] },
  { title: 'images per second', lines: [step('imagesPerSecond')] },
];

export const RUN_METRICS: readonly CurveMetric[] = RUN_CHARTS.flatMap(({ lines }) =>
  lines.map(({ metric }) => metric),
);

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
  curves: ReadonlyMap<CurveMetric, Curve>,
  settings: { readonly x: CurveAxis; readonly smoothing: number },
): CurvesData | null {
  const drawn = lines.flatMap(({ metric, label, isOfSteps }) => {
    const curve = curves.get(metric);
    if (!curve?.values.some((value) => value !== null)) return [];
    // a schedule has no noise
    const smoothing = isOfSteps && metric !== 'learningRate' ? settings.smoothing : 0;
    const data = curvesData(index, [curve], {
      ...{ metric, x: settings.x, smoothing, groupBy: null, members: false },
    });
    const colour = isOfSteps && lines.length > 1 ? STEP_COLOUR : null;
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
