import { Problem } from '../mistakes/problem.ts';
import { showValue } from '../mistakes/show-value.ts';
import { nearestName } from '../mistakes/nearest-name.ts';
import type { Column } from './column.ts';
import { factorColumns, findFactorColumn } from './factor-columns.ts';
import { findImportedMetricColumn, importedMetricColumns } from './imported-metric-columns.ts';
import { findRecallColumn, MOST_RECALLS, recallColumns } from './recall-columns.ts';
import { runColumns } from './run-columns.ts';
import type { RunIndex } from './run-index.ts';
import { seriesColumns } from './series-columns.ts';
import { entryColumn, settingColumns } from './setting-columns.ts';

/**
 * Every column but those of single entries of lists (`network.sr[2]`), of single classes (`recall.3`) and of the factors and
 * metrics of imported runs (`factor.width`, `higher.bleu`), which `resolveColumn` knows as well.
 */
export const allColumns: readonly Column[] = [...runColumns, ...settingColumns, ...seriesColumns];

/** All columns that can be chosen for these runs: also the factors and metrics that imported ones have, and the recalls of their classes. */
export function listedColumns(index: RunIndex): Column[] {
  return [...allColumns, ...factorColumns(index), ...importedMetricColumns(index), ...recallColumns(index)];
}

const RECALLS = `recall.3 is the recall of a class by its number, 0 to ${MOST_RECALLS - 1}; figures also know classes by the names that the data set has.`;

const byName = new Map([
  ...settingColumns.map((column) => [fieldOf(column.key).toLowerCase(), column] as const),
  ...allColumns.flatMap((column) => (column.aliases ?? []).map((alias) => [alias, column] as const)),
  ...allColumns.map((column) => [column.key.toLowerCase(), column] as const),
]);

/** The shortest name for each column that a filter understands, by the column's key. */
export const shortestNames: ReadonlyMap<string, string> = new Map(
  allColumns.map(({ key, aliases = [] }) => {
    const alone = fieldOf(key);
    const [alias] = aliases;
    return [key, alias ?? (resolveColumn(alone)?.key === key ? alone : key)];
  }),
);

/**
 * The column of a key (`network.sr`, `network.sr[2]`, `recall.3`, `factor.width`, `higher.bleu`), of a setting's field alone (`sr`) or of
 * an alias (`lr`), case aside; null where there is none.
 */
export function resolveColumn(name: string): Column | null {
  const column =
    byName.get(name.toLowerCase()) ??
    findRecallColumn(name) ??
    findFactorColumn(name) ??
    findImportedMetricColumn(name);
  if (column) return column;
  const [, field, entry] = /^(.+?)(\[\d+\]|\.\d+)$/.exec(name) ?? [];
  const whole = field === undefined ? undefined : byName.get(field.toLowerCase());
  return whole ? entryColumn(`${whole.key}${entry ?? ''}`) : null;
}

/** @throws Problem `usage` if there is no such column, suggesting the nearest. */
export function requireColumn(name: string): Column {
  const column = resolveColumn(name);
  if (column) return column;
  if (/^recall\./i.test(name))
    throw new Problem('usage', `There is no column ${showValue(name)}. ${RECALLS}`);
  const nearest = nearestColumnName(name);
  throw new Problem(
    'usage',
    `There is no column ${showValue(name)}${nearest === null ? '.' : `; did you mean ${nearest}?`}`,
  );
}

/** By which column the best of cells is chosen whose results in this one are reported; itself unless it is of the test part. */
export function judgeColumn(column: Column): Column {
  return column.judge === undefined ? column : requireColumn(column.judge);
}

/** What `name` was probably meant to be; null where nothing is close. */
export function nearestColumnName(name: string): string | null {
  const names = [
    ...shortestNames.values(),
    ...shortestNames.keys(),
    ...allColumns.flatMap(({ aliases }) => aliases ?? []),
  ];
  const part = name.toLowerCase();
  return nearestName(name, names) ?? names.find((known) => known.toLowerCase().includes(part)) ?? null;
}

/** `sr` of `network.sr`; of a summary such as `best.loss` the whole key, which must not pass for `loss`. */
function fieldOf(key: string): string {
  return key.replace(/^(network|training)\./, '');
}
