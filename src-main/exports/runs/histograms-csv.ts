import type { StepHistograms } from '../../../src-shared/metrics/layer-histograms.ts';
import { quantileOf } from '../../../src-shared/statistics/value-histogram.ts';
import type { ExportedFile } from '../../files/exported-file.ts';
import type { Store } from '../../store/store.ts';
import { csvOfRuns, type ExportProgress } from './export-runs.ts';

/** In percent. */
const QUANTILES = [0.1, 1, 5, 25, 50, 75, 95, 99, 99.9];
const HEAD = [
  ...['run', 'step', 'layer', 'of', 'count', 'zeros', 'nans', 'infinite'],
  ...['min', ...QUANTILES.map((percent) => `q${percent}`), 'max', 'mean', 'std', 'norm', 'update'],
];

/**
 * What was recorded of the runs, a row for each histogram: its counts, quantiles and measures. The bins themselves are in the JSON of runs.
 * @param runs ids; those that are not in the store are left out
 */
export function exportHistogramsCsv(
  store: Store,
  runs: readonly string[],
  onProgress: ExportProgress = () => undefined,
): ExportedFile {
  return csvOfRuns('histograms.csv', HEAD, { store, runs, onProgress }, (id) =>
    store.histograms(id).flatMap(({ step, layers }) => layers.map((each) => rowOf(id, step, each))),
  );
}

function rowOf(
  run: string,
  step: number,
  layer: StepHistograms['layers'][number],
): (string | number | null)[] {
  return [
    ...[run, step, layer.layer, layer.of, layer.count, layer.zeros, layer.nans, layer.infinite, layer.min],
    ...QUANTILES.map((percent) => quantileOf(layer, percent / 100)),
    ...[layer.max, layer.mean, layer.std, layer.norm, layer.update],
  ];
}
