import { nText } from '../../../numbers.ts';
import { rangeText } from '../../cells/count-text.ts';
import { counted } from '../../../counted.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { type ErrorDistribution, errorDistribution } from '../../../statistics/error-distribution.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { accountNotes, leftOutText } from '../../cells/account-notes.ts';
import {
  type CellTable,
  type MeasuredCell,
  sameSetting,
  settingsText,
  type VaryingSetting,
  requireVarying,
} from '../../cells/measured-cell.ts';
import type { Quantity } from '../../quantity.ts';
import type { CellSample } from './sample.ts';

/** A model: a cell by its mean over the seeds. */
export interface ErrorCell {
  readonly label: string;
  readonly error: number;
  readonly n: number;
  readonly runs: readonly string[];
  readonly leftOut: string;
}

export interface ErrorLine {
  /** e.g. `0.5`; empty for the only line. */
  readonly label: string;
  readonly value: FactorValue;
  /** By rising error. */
  readonly cells: readonly ErrorCell[];
  readonly distribution: ErrorDistribution;
}

export interface ErrorsData {
  /** Of the errors. */
  readonly quantity: Quantity;
  /** Of what the lines are; empty for the only one. */
  readonly lineTitle: string;
  readonly lines: readonly ErrorLine[];
  /** Whether the band of a random sample is drawn. */
  readonly isBanded: boolean;
  readonly notes: readonly string[];
}

/**
 * The distribution of the cells' errors, each the mean over its seeds: 100 % less a share that is to be high, or what is to be
 * low as it is.
 *
 * @throws Problem `usage` for a metric that is neither, or a setting that does not vary.
 */
export function errorsData(table: CellTable, path: string | null, sample: CellSample): ErrorsData {
  const { cells, varying } = table;
  const { quantity, errorOf } = errorQuantity(table.quantity);
  const line = path === null ? null : requireVarying(varying, path, 'there is one series: leave it out.');
  const lines = (line?.values ?? [null]).map((value, place): ErrorLine => {
    const members = line ? cells.filter((cell) => sameSetting(cell.settings[line.path], value)) : cells;
    const errors = members.map(({ interval }) => (interval.mean === null ? NaN : errorOf(interval.mean)));
    return {
      ...{ label: line?.labels[place] ?? '', value, distribution: errorDistribution(errors) },
      cells: members
        .flatMap((cell, at) => errorCell(cell, errors[at] ?? NaN, varying))
        .sort((a, b) => a.error - b.error),
    };
  });
  const drawn = lines.filter((each) => each.cells.length > 0);
  if (drawn.length === 0) throw new Problem('usage', `No cell has a run with ${table.quantity.title}.`);
  return {
    ...{ quantity, lineTitle: line?.title ?? '', lines: drawn, isBanded: sample.isRandom },
    notes: [
      seedsNote(drawn.flatMap((each) => each.cells)),
      sample.isRandom ? bandNote(drawn) : sample.about,
      ...accountNotes(table),
    ],
  };
}

function errorCell(cell: MeasuredCell, error: number, varying: readonly VaryingSetting[]): ErrorCell[] {
  if (Number.isNaN(error)) return [];
  const { measured, settings, leftOut } = cell;
  return [
    {
      ...{ label: settingsText(varying, settings), error, n: measured.length },
      ...{ runs: measured.map(({ run }) => run), leftOut: leftOutText(leftOut) },
    },
  ];
}

function errorQuantity(quantity: Quantity): {
  readonly quantity: Quantity;
  readonly errorOf: (value: number) => number;
} {
  if (quantity.better === 'lower') return { quantity, errorOf: (value) => value };
  if (quantity.better === null || quantity.kind !== 'share')
    throw new Problem('usage', `${quantity.title} is no error: choose an accuracy or a loss.`);
  const { title } = quantity;
  const error = { title: `error (100\u00a0% − ${title})`, short: 'error', axis: `error, 100 − ${title} (%)` };
  return { quantity: { ...quantity, ...error, better: 'lower' }, errorOf: (value) => 1 - value };
}

function seedsNote(cells: readonly ErrorCell[]): string {
  const seeds = rangeText(
    cells.map(({ n }) => n),
    'seed',
  );
  return `${nText(counted(cells.length, 'cell'))}, each by its mean over ${seeds}`;
}

function bandNote(lines: readonly ErrorLine[]): string {
  const missing = lines.reduce((sum, { distribution }) => sum + distribution.missing, 0);
  const wider =
    missing === 0 ? '' : `; wider by ${counted(missing, 'cell')} without a value, which may have any error`;
  const each = lines.length > 1 ? ' for each series' : '';
  return `band: 95\u00a0% Dvoretzky–Kiefer–Wolfowitz band${each} of the whole grid that the sample was drawn from${wider}`;
}
