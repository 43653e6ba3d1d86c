import { factorLabels } from '../../../studies/factor-labels.ts';
import { factorText } from '../../../studies/factor-text.ts';
import type { ColumnValue } from '../../../runs/column.ts';
import { isNumeric } from '../../../metrics/value-kind.ts';
import { requireColumn } from '../../../runs/resolve-column.ts';
import type { ChosenRuns } from '../../../runs/choose-runs.ts';
import { runsAt } from '../../../runs/replicates.ts';
import { accountNotes, leftOutText, otherTimesNote } from '../../cells/account-notes.ts';
import { numericColumn } from '../../cells/measure-cells.ts';
import { type CellTable, countedRuns, type MeasuredCell, settingKey } from '../../cells/measured-cell.ts';
import { runLabels } from '../../cells/run-labels.ts';
import { type Quantity, quantityOf } from '../../quantity.ts';

export interface ParallelSettings {
  /** Keys of the columns, from left to right. */
  readonly columns: readonly string[];
  /** Key of the numeric column that gives the colours; it is the last axis. */
  readonly metric: string;
}

export type ParallelAxis =
  | { readonly kind: 'number'; readonly quantity: Quantity; readonly logarithmic: boolean }
  | {
      readonly kind: 'category';
      readonly title: string;
      readonly short: string;
      readonly labels: readonly string[];
    };

export interface ParallelLine {
  readonly run: string;
  readonly label: string;
  /** One for each axis: the number, or the place among the labels; null where the run has none. */
  readonly values: readonly (number | null)[];
  /** Of the metric. */
  readonly value: number;
}

/** A cell of which runs have no line. */
export interface ParallelLeftOut {
  /** One for each axis, as it is called there; null where the cell alone does not tell it. */
  readonly values: readonly (number | string | null)[];
  /** How many, and why. */
  readonly text: string;
}

export interface ParallelData {
  readonly quantity: Quantity;
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly ParallelLine[];
  readonly leftOut: readonly ParallelLeftOut[];
  /** What is to be said of runs that are left out; empty without such. */
  readonly notes: readonly string[];
}

/** Ratio of the largest to the smallest value from which an axis is logarithmic. */
const WIDE = 50;

/**
 * One line a run that counts over the axes of several columns.
 *
 * @param table the cells of the runs with the metric.
 * @throws Problem `usage` for a column that there is not.
 */
export function parallelData(
  chosen: ChosenRuns,
  table: CellTable,
  settings: Pick<ParallelSettings, 'columns'>,
): ParallelData {
  const { index } = chosen;
  const metric = {
    ...numericColumn(table.quantity.name),
    title: table.quantity.title,
    short: table.quantity.short,
  };
  const counted = new Set(countedRuns(table));
  const columns = [...settings.columns.map(requireColumn).filter(({ key }) => key !== metric.key), metric];
  const measured = chosen.rows.filter((row) => counted.has(index.rows[row]?.id ?? ''));
  const labels = runLabels(index, measured);
  const axes = columns.map((column) => {
    const values = measured.map((row) => index.values(column)[row] ?? null);
    const numbers = values.filter((value) => typeof value === 'number');
    if (isNumeric(column.kind) && values.every((value) => value === null || typeof value === 'number')) {
      const logarithmic =
        numbers.length > 0 && least(numbers) > 0 && -least(numbers.map((n) => -n)) >= WIDE * least(numbers);
      return {
        axis: { kind: 'number', quantity: quantityOf(column), logarithmic } as const,
        values,
        textOf: (value: ColumnValue) => (typeof value === 'number' ? value : null),
      };
    }
    const known = values.filter((value) => value !== null);
    const distinct = [...new Map(known.map((value) => [settingKey(value), value]))];
    const keys = distinct.map(([key]) => key);
    const places = values.map((value) => (value === null ? null : keys.indexOf(settingKey(value))));
    const names = factorLabels(distinct.map(([, value]) => value));
    return {
      axis: { kind: 'category', title: column.title, short: column.short, labels: names } as const,
      values: places,
      textOf: (value: ColumnValue) => names[keys.indexOf(settingKey(value))] ?? factorText(value),
    };
  });
  const lines = measured.flatMap((row, place): ParallelLine[] => {
    const [run, value] = [index.rows[row], index.values(metric)[row]];
    if (!run || typeof value !== 'number') return [];
    const values = axes.map((axis) => axis.values[place] ?? null);
    return [{ run: run.id, label: labels.get(run.id) ?? run.id, values, value }];
  });
  const leftOut = table.cells
    .filter((cell) => cell.leftOut.length > 0)
    .map((cell): ParallelLeftOut => {
      const values = columns.map(({ key }, place) => {
        const value = valueOfCell(cell, key);
        return value === null ? null : (axes[place]?.textOf(value) ?? null);
      });
      return { values, text: leftOutText(cell.leftOut, table.quantity.title) };
    });
  return {
    quantity: quantityOf(metric),
    axes: axes.map(({ axis }) => axis),
    ...{ lines, leftOut },
    notes: [...accountNotes(table), otherTimesNote(table, columns, runsAt(index, measured))].filter(
      (note) => note !== '',
    ),
  };
}

/** What all runs of a cell have in a column; null where they differ, or for settings that do not. */
function valueOfCell({ settings, parameters, macs }: MeasuredCell, key: string): ColumnValue {
  return { ...settings, parameters, macs }[key] ?? null;
}

function least(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Infinity);
}
