import type { Column } from './column.ts';
import { betterDirection } from './run-columns.ts';
import { SERIES_METRICS, type SeriesMetric } from './run-row.ts';

const TITLES: Readonly<Record<SeriesMetric, string>> = {
  loss: 'step loss',
  accuracy: 'step accuracy',
  trainingLoss: 'training loss',
  trainingAccuracy: 'training accuracy',
  trainingTop5: 'training top-5 accuracy',
  validationLoss: 'validation loss',
  validationAccuracy: 'validation accuracy',
  validationTop5: 'validation top-5 accuracy',
};

const AGGREGATES = ['best', 'last', 'min', 'max'] as const;

/** `best`, `last`, `min` and `max` of each metric over a run's points, e.g. `best.validationAccuracy`. */
export const seriesColumns: readonly Column[] = SERIES_METRICS.flatMap((metric) =>
  AGGREGATES.map((aggregate): Column => {
    const better = betterDirection(metric);
    const best = better === 'higher' ? 'max' : 'min';
    const part = aggregate === 'best' ? best : aggregate;
    const title = `${aggregate} ${TITLES[metric]}`;
    return {
      ...{ key: `${aggregate}.${metric}`, title, short: title, better },
      kind: metric.endsWith('Loss') || metric === 'loss' ? 'number' : 'share',
      range: metric.endsWith('Loss') || metric === 'loss' ? 'not negative' : 'share',
      value: (row) => row.summaries[metric]?.[part] ?? null,
    };
  }),
);
