import { Problem } from '../../mistakes/problem.ts';
import { factorLabels } from '../../studies/factor-labels.ts';
import { factorNames } from '../../studies/factor-text.ts';
import type { Column, ColumnValue } from '../../runs/column.ts';
import { isNumeric, rangeOf } from '../../metrics/value-kind.ts';
import { accountRuns, type LeftOut } from '../../runs/account.ts';
import { asideText } from '../../runs/aside-text.ts';
import { isUnasked } from '../../runs/asked.ts';
import type { ChosenRuns } from '../../runs/choose-runs.ts';
import { unbalancedNote } from '../../runs/class-balance.ts';
import { classNames, findRecallColumn } from '../../runs/recall-columns.ts';
import { runsAt } from '../../runs/replicates.ts';
import { judgeColumn, requireColumn } from '../../runs/resolve-column.ts';
import type { RunIndex } from '../../runs/run-index.ts';
import type { CellRow, RunRow } from '../../runs/run-row.ts';
import { timesNote } from '../../runs/times-note.ts';
import { settingColumns } from '../../runs/setting-columns.ts';
import { seedInterval } from '../../statistics/seed-interval.ts';
import type { FactorValue } from '../../studies/cell.ts';
import { quantityOf } from '../quantity.ts';
import {
  type CellTable,
  type MeasuredCell,
  type MeasuredRun,
  settingKey,
  type VaryingSetting,
} from './measured-cell.ts';

/** The settings that a heat map takes first, if they vary. */
const PREFERRED = ['network.sr', 'network.pct3x3'];

/**
 * Gathers the runs with these indices by cell, with the cells that have none of them.
 *
 * @param cells cells that belong to what is shown, in order, each expected to have the seeds that its study's file asks
 *   for; those of the runs may be missing.
 * @param metric key of a numeric column.
 * @param aside indices of runs that do not count, since the study's file does not ask for them; they are told of.
 * @throws Problem `usage` for a column that there is not or that holds no numbers.
 */
export function measureCells(
  index: RunIndex,
  rows: readonly number[],
  cells: readonly CellRow[],
  metric: string,
  aside: readonly number[] = [],
): CellTable {
  const names = classNames(
    index,
    rows.map((row) => index.rows[row]?.dataset ?? ''),
  );
  const column = numericColumn(metric, names);
  const judge = judgeColumn(column);
  const byCell = Map.groupBy(rows, (row) => index.rows[row]?.cell ?? '');
  const account = accountOf(index, rows, cells, column);
  const known = new Map(cells.map((cell) => [cell.id, cell]));
  for (const row of rows) {
    const cell = index.cells[row];
    if (cell && !known.has(cell.id)) known.set(cell.id, cell);
  }
  const ids = [...known.keys(), ...[...byCell.keys()].filter((id) => !known.has(id))];
  // A cell without runs has the data set of its study.
  const datasetOf = (study: string): string | null =>
    index.rows[index.ofStudy(study).at(-1) ?? -1]?.dataset ?? null;
  const sources = ids.map((id): Source => {
    const cell = known.get(id) ?? null;
    const own = byCell.get(id) ?? [];
    const first = index.rows[own[0] ?? -1] ?? null;
    return { id, cell, rows: own, first, dataset: datasetOf(cell?.study ?? first?.study ?? '') };
  });
  const varying = varyingSettings(sources);
  const settings = varying.map(({ path }) => [path, settingAt(path)] as const);
  const counted = runsAt(index, [...account.counted]);
  return {
    quantity: quantityOf(column),
    judge: quantityOf(judge),
    varying,
    cells: sources.map((source) => measureCell(index, source, { ...account, column, judge, settings })),
    aside: asideText(index, aside),
    balance: column.key === 'testAccuracy' ? unbalancedNote(counted.map(({ metrics }) => metrics)) : '',
    times: timesNote([column], counted),
  };
}

interface Account {
  /** Indices of the runs that count. */
  readonly counted: ReadonlySet<number>;
  /** By cell. */
  readonly leftOut: ReadonlyMap<string, readonly LeftOut[]>;
}

function accountOf(
  index: RunIndex,
  rows: readonly number[],
  cells: readonly CellRow[],
  column: Column,
): Account {
  const values = index.values(column);
  const places = new Map(rows.toSorted((a, b) => a - b).map((row) => [index.rows[row], row]));
  const { counted, leftOut } = accountRuns(
    [...places.keys()].filter((run) => run !== undefined),
    cells.map(({ id, asked }) => ({ id, seeds: asked ?? [] })),
    (run) => isNumber(values[places.get(run) ?? -1]),
  );
  return {
    counted: new Set(counted.flatMap((run) => places.get(run) ?? [])),
    leftOut: Map.groupBy(leftOut, ({ cell }) => cell),
  };
}

function isNumber(value: ColumnValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The cells of chosen runs, as `measureCells` gathers them. */
export function cellTableOf({ index, rows, cells, aside }: ChosenRuns, metric: string): CellTable {
  return measureCells(index, rows, cells, metric, aside);
}

/** @param classes names of classes, by which their recalls may be called. @throws Problem `usage` */
export function numericColumn(name: string, classes: readonly string[] = []): Column {
  const column = findRecallColumn(name, classes) ?? requireColumn(name);
  if (isNumeric(column.kind)) return column;
  throw new Problem('usage', `The column ${column.key} contains no numbers, so it has no mean to draw.`);
}

interface Source {
  readonly id: string;
  readonly cell: CellRow | null;
  readonly rows: readonly number[];
  readonly first: RunRow | null;
  /** Null for a study without any run. */
  readonly dataset: string | null;
}

function measureCell(
  index: RunIndex,
  source: Source,
  how: Account & {
    readonly column: Column;
    readonly judge: Column;
    /** Of the cells, by their paths. */
    readonly settings: readonly (readonly [path: string, of: (source: Source) => FactorValue])[];
  },
): MeasuredCell {
  const { id, cell, rows, first, dataset } = source;
  const [values, judges] = [how.column, how.judge].map(index.values);
  const measured = rows.flatMap((row): MeasuredRun[] => {
    const [run, value, judged] = [index.rows[row], values?.[row], judges?.[row]];
    if (!run || !how.counted.has(row) || !isNumber(value)) return [];
    return [{ run: run.id, seed: run.seed, value, judged: isNumber(judged) ? judged : null }];
  });
  measured.sort((a, b) => a.seed - b.seed);
  return {
    id,
    study: cell?.study ?? first?.study ?? '',
    dataset: dataset ?? '',
    network: cell?.network ?? null,
    settings: Object.fromEntries(how.settings.map(([path, of]) => [path, of(source)])),
    measured,
    interval: seedInterval(measured, cell?.decision?.firstStage, rangeOf(how.column)),
    ...(cell?.decision && { decision: cell.decision }),
    runs: rows.flatMap((row) => index.rows[row]?.id ?? []),
    leftOut: how.leftOut.get(id) ?? [],
    unasked: rows.filter((row) => how.counted.has(row) && isUnasked(index, row)).length,
    computedWith: rows.flatMap((row) => (how.counted.has(row) ? (index.rows[row] ?? []) : [])),
    parameters: cell?.parameters ?? first?.parameters ?? null,
    macs: cell?.macs ?? first?.macs ?? null,
  };
}

/** The settings with more than one value among the cells, those that the studies vary first. */
function varyingSettings(sources: readonly Source[]): VaryingSetting[] {
  const factors = sources.flatMap(({ cell, first }) => Object.keys(cell?.factors ?? first?.factors ?? {}));
  const part = (path: string): string => path.replace(/\[\d+\]$/, '');
  const stated = new Set(factors.map(part));
  const settings = settingColumns.map(({ key }) => key).filter((key) => !stated.has(key));
  // Of a list of which single entries are varied, the whole would say the same again.
  const first = PREFERRED.filter((path) => factors.includes(path) || !stated.has(path));
  const paths = new Set([...first, ...factors, ...settings, 'dataset']);
  return [...paths].flatMap((path) => {
    const values = distinct(sources.map(settingAt(path)));
    if (values.length <= 1) return [];
    const { title, short } = factorNames(path);
    return [{ path, title, short, values, labels: factorLabels(values) }];
  });
}

function settingAt(path: string): (source: Source) => FactorValue {
  if (path === 'dataset') return ({ dataset }) => dataset;
  const [, part, field] = /^(network|training)\.(.+)$/.exec(path) ?? [];
  return ({ cell, first }) => {
    const factor = cell?.factors[path] ?? first?.factors[path];
    if (factor !== undefined) return factor;
    if (!cell || field === undefined) return null;
    const fields = (part === 'network' ? cell.network : cell.recipe) as Readonly<
      Record<string, FactorValue | undefined>
    > | null;
    return fields?.[field] ?? null;
  };
}

function distinct(values: readonly FactorValue[]): FactorValue[] {
  // most settings are the same in all cells, of which few need a key
  const byKey = new Map([...new Set(values)].map((value) => [settingKey(value), value]));
  const all = [...byKey.values()];
  const numbers = all.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return [...numbers, ...all.filter((value) => typeof value !== 'number')];
}
