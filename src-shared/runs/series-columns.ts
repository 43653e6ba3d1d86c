import type { PointMetric } from '../metrics/metric.ts';
import { CURVE_METRICS, type CurveMetric, curveMetrics } from '../metrics/metrics.ts';
import type { Column } from './column.ts';

/** Metrics of a run's points whose best, last, least and greatest values stand in the table of runs. */
export const summarizedMetrics = curveMetrics.filter((metric) => CURVE_METRICS[metric].isSummarized);

/** `best`, `last`, `min` and `max` of each of these over a run's points, e.g. `best.validationAccuracy`. */
export const seriesColumns: readonly Column[] = summarizedMetrics.flatMap((metric) => [
  ...(CURVE_METRICS[metric].better === null ? [] : [seriesColumn(metric, 'best')]),
  ...(['last', 'min', 'max'] as const).map((aggregate) => seriesColumn(metric, aggregate)),
]);

function seriesColumn(metric: CurveMetric, aggregate: 'best' | 'last' | 'min' | 'max'): Column {
  const { title: of, kind, better, range }: PointMetric = CURVE_METRICS[metric];
  const part = aggregate !== 'best' ? aggregate : better === 'higher' ? 'max' : 'min';
  const title = `${aggregate} ${of}`;
  return {
    ...{ key: `${aggregate}.${metric}`, title, short: title, better, kind },
    ...(range && { range }),
    value: (row) => row.summaries[metric]?.[part] ?? null,
  };
}
