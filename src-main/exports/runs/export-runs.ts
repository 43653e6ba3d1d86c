import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { importedSeries, type RunSeries } from '../../../src-shared/metrics/measured-values.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import type { Store } from '../../store/store.ts';
import { csvRows } from '../../files/csv.ts';
import { textFile, type ExportedFile } from '../../files/exported-file.ts';
import { namesOf } from '../../../src-shared/metrics/metric.ts';
import { EPOCH_METRICS, STEP_METRICS } from '../../../src-shared/metrics/metrics.ts';
import { runsCsv, type RunsCsvColumns } from './runs-csv.ts';

/** Called after each run. */
export type ExportProgress = (done: number, total: number) => void;

/** One row for each run (docs/exports.md). @param runs ids; those that are not in the store are left out */
export function exportRunsCsv(store: Store, runs: readonly string[], columns: RunsCsvColumns): ExportedFile {
  return textFile('runs.csv', 'text/csv', runsCsv(store.runTable(runs), columns));
}

/**
 * Every point of the runs in long form: run, metric, step, epoch, value. The epoch is empty for what was measured at
 * a step; what was not measured has no row.
 * @param runs ids; those that are not in the store are left out
 */
export function exportPointsCsv(
  store: Store,
  runs: readonly string[],
  onProgress: ExportProgress = () => undefined,
): ExportedFile {
  const head = ['run', 'metric', 'step', 'epoch', 'value'];
  return csvOfRuns('points.csv', head, { store, runs, onProgress }, (id) => pointRows(id, store.series(id)));
}

/**
 * A table with rows of each run.
 * @param of ids; those that are not in the store are left out
 */
export function csvOfRuns(
  fileName: string,
  head: readonly string[],
  of: { readonly store: Store; readonly runs: readonly string[]; readonly onProgress: ExportProgress },
  rowsOf: (run: string) => readonly (readonly unknown[])[],
): ExportedFile {
  const known = of.store.runTable(of.runs).runs;
  // Bytes and not one string, which could become longer than a string can be.
  const chunks = known.map(({ id }, index) => {
    const rows = csvRows(rowsOf(id));
    of.onProgress(index + 1, known.length);
    return Buffer.from(rows);
  });
  const bytes = Buffer.concat([Buffer.from(csvRows([head])), ...chunks]);
  return { fileName, mediaType: 'text/csv', bytes };
}

export interface RunsJsonOptions {
  /** Adds every point of each run, as `series`, and its histograms over training. */
  readonly points: boolean;
  readonly onProgress?: ExportProgress;
}

/**
 * All that the store knows of the runs: row of the table, complete network and recipe, provenance, artifacts and
 * confusion matrix.
 * @param runs ids; those that are not in the store are left out
 */
export function exportRunsJson(
  store: Store,
  runs: readonly string[],
  { points, onProgress }: RunsJsonOptions,
): ExportedFile {
  const { rows, cells } = indexRuns(store.runTable(runs));
  const chunks = rows.map((run, index) => {
    const cell = cells[index];
    const told = {
      ...run,
      network: cell?.network ?? null,
      recipe: cell?.recipe ?? null,
      provenance: store.provenance(run.id),
      artifactFiles: store.artifacts(run.id),
      confusion: store.confusion(run.id),
      ...(points ? { series: store.series(run.id), histograms: store.histograms(run.id) } : {}),
    };
    onProgress?.(index + 1, rows.length);
    return Buffer.from(`${index === 0 ? '' : ',\n'}${JSON.stringify(told)}`);
  });
  const head = Buffer.from(`{"kindlingVersion":${JSON.stringify(kindlingVersion())},"runs":[\n`);
  return {
    fileName: 'runs.json',
    mediaType: 'application/json',
    bytes: Buffer.concat([head, ...chunks, Buffer.from('\n]}\n')]),
  };
}

/** Besides what is measured at the end of each epoch, the seconds since training began. */
function pointRows(run: string, series: RunSeries): (string | number | null)[][] {
  const { steps, epochs } = series;
  return [
    ...namesOf(STEP_METRICS).flatMap((metric) =>
      steps.flatMap((point) =>
        point[metric] === null ? [] : [[run, metric, point.step, null, point[metric]]],
      ),
    ),
    ...(['seconds', ...namesOf(EPOCH_METRICS), ...importedSeries(series)] as const).flatMap((metric) =>
      epochs.flatMap((point) => {
        const value = point[metric] ?? null;
        return value === null ? [] : [[run, metric, point.step, point.epoch, value]];
      }),
    ),
  ];
}
