import { isImportedMetric } from '../../src-shared/metrics/imported-metric.ts';
import { namesOf } from '../../src-shared/metrics/metric.ts';
import { EPOCH_METRICS, STEP_METRICS } from '../../src-shared/metrics/metrics.ts';

export type PointAxis = 'step' | 'epoch';

/** What a point of each axis has, first its place on the axis. */
export const POINT_FIELDS: Readonly<Record<PointAxis, readonly string[]>> = {
  step: ['step', ...namesOf(STEP_METRICS)],
  epoch: ['epoch', 'step', 'seconds', ...namesOf(EPOCH_METRICS)],
};

/** By what name a field is kept as a series: `learning_rate` for `learningRate`, and what only imported runs have by its own. */
export function seriesName(field: string): string {
  if (isImportedMetric(field)) return field;
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
