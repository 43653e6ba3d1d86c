import type { RunTable } from '../../../src-shared/contract/api/runs.ts';
import type { Column } from '../../../src-shared/runs/column.ts';
import { anyCase } from '../../../src-shared/runs/factor-columns.ts';
import { importedMetricColumns } from '../../../src-shared/runs/imported-metric-columns.ts';
import { recallColumns } from '../../../src-shared/runs/recall-columns.ts';
import { resolveColumn } from '../../../src-shared/runs/resolve-column.ts';
import { runColumns } from '../../../src-shared/runs/run-columns.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { seriesColumns } from '../../../src-shared/runs/series-columns.ts';
import { settingColumns } from '../../../src-shared/runs/setting-columns.ts';
import { varyingColumns } from '../../../src-shared/runs/varying-columns.ts';
import { csv } from '../../files/csv.ts';

/**
 * `varying`: factors, and other settings of network and recipe that differ among these runs.
 * `all`: every setting, the recall of each class, and the best, last, least and greatest value of each metric over the points.
 */
export type RunsCsvColumns = 'varying' | 'all';

/** Columns that tell which run it is; the settings stand between them and the figures. */
const IDENTITY = new Set(['id', 'study', 'cell', 'seed', 'state', 'dataset']);

/** Runs as CSV, one row each, in their order, under the keys of the table's columns. Times are ISO 8601, UTC. */
export function runsCsv(table: RunTable, columns: RunsCsvColumns): string {
  const index = indexRuns(table);
  const every = table.runs.map((_, row) => row);
  const factors = new Set(table.runs.flatMap((run) => Object.keys(run.factors)));
  const settings = anyCase(factors).flatMap((path) => resolveColumn(path) ?? []);
  const others = settingColumns.filter(({ key }) => settings.every((setting) => setting.key !== key));
  const further = columns === 'all' ? others.filter(index.isFilled) : varyingColumns(index, others, every);
  const shown = [
    ...runColumns.filter(({ key }) => IDENTITY.has(key)),
    ...settings,
    ...further,
    ...runColumns.filter(({ key }) => !IDENTITY.has(key)),
    ...importedMetricColumns(index),
    ...(columns === 'all' ? [...recallColumns(index), ...seriesColumns.filter(index.isFilled)] : []),
  ];
  const values = shown.map((column) => index.values(column).map((value) => cell(column, value)));
  return csv(
    [...shown.map(({ key }) => key), 'failureMessage', 'modeReason', 'retryOf'],
    table.runs.map((run, row) => [
      ...values.map((column) => column[row]),
      ...[run.failure?.message, run.modeReason, run.retryOf],
    ]),
  );
}

function cell({ kind, key }: Column, value: unknown): unknown {
  if (kind === 'date' && typeof value === 'number') return new Date(value).toISOString();
  // no tags are nothing; an empty list is a value of a setting
  return key === 'tags' && Array.isArray(value) && value.length === 0 ? null : value;
}
