import { Problem } from '../../contract/problem.ts';
import { factorNames, factorText } from '../../names/factor-text.ts';
import type { FactorValue } from '../../studies/cell.ts';
import { blockMean } from '../cells/block-mean.ts';
import { type CellTable, type MeasuredCell, type MeasuredRun, settingKey } from '../cells/measured-cell.ts';
import type { Quantity } from '../quantity.ts';

export interface FactorSettings {
  /** Path of the setting along the axis. */
  readonly x: string;
  /** Path of the setting that gives the lines; null for one line. */
  readonly line: string | null;
}

export interface FactorPoint {
  /** Place on the axis. */
  readonly at: number;
  readonly label: string;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Seeds behind mean and interval. */
  readonly n: number;
  readonly runs: readonly MeasuredRun[];
}

export interface FactorLine {
  /** e.g. `0.5`; empty for the only line. */
  readonly label: string;
  readonly points: readonly FactorPoint[];
}

export interface FactorData {
  readonly quantity: Quantity;
  readonly x: {
    readonly title: string;
    readonly places: readonly { readonly at: number; readonly label: string }[];
    /** Whether the values have an order, so that a line between them means something. */
    readonly ordered: boolean;
  };
  /** Title of the setting that the lines are for. */
  readonly lineTitle: string;
  readonly lines: readonly FactorLine[];
  /** Titles of the settings over whose values each point is a mean. */
  readonly averagedOver: readonly string[];
}

/** Ratio of the largest to the smallest value from which an axis is logarithmic. */
const WIDE = 20;

/**
 * Mean and interval by the values of one setting, one line for each value of another. Where further settings vary, each
 * point is the mean over their values with the seeds as blocks; all runs are kept.
 *
 * @throws Problem `usage` where x does not vary.
 */
export function factorData(table: CellTable, settings: FactorSettings): FactorData {
  const { varying, cells, quantity } = table;
  const x = varying.find(({ path }) => path === settings.x);
  if (!x) {
    const names = varying.map(({ path }) => path).join(', ');
    throw new Problem(
      'usage',
      `${settings.x} has one value in these runs, so there is nothing to draw it against. ${names === '' ? 'Nothing varies in them.' : `What varies: ${names}.`}`,
    );
  }
  const line = settings.line === null ? null : (varying.find(({ path }) => path === settings.line) ?? null);
  const places = placesOf(x.values);
  const labels = x.values.map(factorText);
  const lineValues = line ? line.values : [null];
  const lines = lineValues.map((value): FactorLine => {
    const members = line ? cells.filter((cell) => same(cell.settings[line.path], value)) : cells;
    const points = x.values.map((xValue, index) => {
      const here = members.filter((cell) => same(cell.settings[x.path], xValue));
      return pointOf(here, places[index] ?? index, labels[index] ?? '');
    });
    return { label: line ? factorText(value) : '', points: points.filter(({ runs }) => runs.length > 0) };
  });
  const others = varying.filter(({ path }) => path !== x.path && path !== line?.path);
  return {
    quantity,
    x: {
      title: x.title,
      places: places.map((at, index) => ({ at, label: labels[index] ?? '' })),
      ordered: x.values.every((value) => typeof value === 'number'),
    },
    lineTitle: line ? factorNames(line.path).title : '',
    lines,
    averagedOver: others.map(({ title }) => title),
  };
}

function pointOf(cells: readonly MeasuredCell[], at: number, label: string): FactorPoint {
  const measured = cells.filter((cell) => cell.measured.length > 0);
  // A mean over some of the cells only would compare different things.
  const block = measured.length === cells.length ? blockMean(cells) : null;
  const { n, mean, low, high } = block?.interval ?? { n: 0, mean: null, low: null, high: null };
  return { at, label, n, mean, low, high, runs: measured.flatMap((cell) => cell.measured) };
}

/** Numbers keep their distances, on a logarithmic scale where they span much or are a geometric row; others stand evenly. */
function placesOf(values: readonly FactorValue[]): number[] {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) return [...values.keys()];
  const [least = 1, most = 1] = [numbers[0], numbers.at(-1)];
  const ratios = numbers.slice(1).map((value, index) => value / (numbers[index] ?? NaN));
  const geometric =
    numbers.length > 2 && ratios.every((ratio) => Math.abs(ratio / (ratios[0] ?? NaN) - 1) < 1e-6);
  return least > 0 && (most >= WIDE * least || geometric) ? numbers.map(Math.log10) : numbers;
}

function same(a: FactorValue | undefined, b: FactorValue | undefined): boolean {
  return settingKey(a) === settingKey(b);
}
