import type { EpochPoint, StepPoint } from '../metrics/measured-values.ts';
import type { Curve } from './curve.ts';
import type { AnyCurveMetric } from '../metrics/imported-metric.ts';
import { isOfSteps } from '../metrics/metrics.ts';

/** What a running run tells of itself. */
export interface NewPoints {
  readonly steps: readonly StepPoint[];
  readonly epochs: readonly EpochPoint[];
}

/**
 * A curve with the points that were told of its run since: as it is read from the store once they are there. A run that
 * goes on from a checkpoint tells some steps again, which take the place of the former ones.
 */
export function extendCurve(curve: Curve, metric: AnyCurveMetric, { steps, epochs }: NewPoints): Curve {
  const told: readonly PointFields[] = isOfSteps(metric) ? steps : epochs;
  const kept = before(curve.steps, told[0]?.step);
  const all = [...curve.steps.slice(0, kept), ...told.map(({ step }) => step)];
  const measured = before(
    curve.epochs.steps,
    Math.min(steps[0]?.step ?? Infinity, epochs[0]?.step ?? Infinity),
  );
  const [last, former] = [all.at(-1), curve.steps.at(-1)];
  return {
    ...curve,
    steps: all,
    values: [...curve.values.slice(0, kept), ...told.map((point) => point[metric] ?? null)],
    epochs: {
      steps: [...curve.epochs.steps.slice(0, measured), ...epochs.map(({ step }) => step)],
      seconds: [...curve.epochs.seconds.slice(0, measured), ...epochs.map(({ seconds }) => seconds)],
    },
    // at the pace so far: the clock of the page need not be the host's
    seconds: last && former && curve.seconds !== null ? (curve.seconds * last) / former : curve.seconds,
  };
}

type PointFields = { readonly step: number } & Readonly<Partial<Record<AnyCurveMetric, number | null>>>;

/** How many steps, which rise, are before one. */
function before(steps: readonly number[], end = Infinity): number {
  const place = steps.findLastIndex((step) => step < end);
  return place + 1;
}
