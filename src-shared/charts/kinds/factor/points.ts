import type { FactorValue } from '../../../studies/cell.ts';
import type { Range } from '../../../statistics/interval.ts';
import type { AxisGroup } from '../../axis-groups.ts';
import { leftOutText } from '../../cells/account-notes.ts';
import { blockMean } from '../../cells/block-mean.ts';
import { cellsText } from '../../cells/count-text.ts';
import type { MeasuredCell, MeasuredRun, VaryingSetting } from '../../cells/measured-cell.ts';

export interface FactorPoint {
  /** Place on the axis. */
  readonly at: number;
  readonly label: string;
  /** What it is a number of, where neither place nor line names it. */
  readonly name?: string;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Seeds behind mean and interval: those that all of the cells have. */
  readonly seeds: number;
  /** Cells over which it is the mean. */
  readonly cells: number;
  /** Where it is the number of an imported network. */
  readonly isImported?: true;
  /** Which these are, by the settings that neither place nor line tells: `3×3 share 0.5 and 1`; empty without such. */
  readonly over: string;
  readonly runs: readonly MeasuredRun[];
  /** The runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
  readonly leftOut: string;
  /** Ids of runs that are not in the mean, since not all of its cells have their seed. */
  readonly unused: readonly string[];
}

export interface FactorPlace {
  readonly at: number;
  readonly label: string;
  /** What the label stands for, unshortened; absent where it is a name itself. */
  readonly value?: FactorValue;
}

/** The x axis of a factor chart. */
export interface FactorX {
  readonly title: string;
  readonly places: readonly FactorPlace[];
  /** Whether the values have an order, so that a line between them means something. */
  readonly ordered: boolean;
  /** Under whose names the places stand, in the place of their own; absent where each has its own. */
  readonly groups?: readonly AxisGroup[];
  /** The scale that was chosen for it. */
  readonly scale?: 'linear' | 'log';
  /** Why it does not have the scale that was chosen, a sentence. */
  readonly whyUnscaled?: string;
}

/** Ratio of the largest to the smallest value from which an axis is logarithmic. */
const WIDE = 20;

/**
 * Mean and interval over these cells, seeds as blocks; no mean where one of them has no run.
 *
 * @param about `others`: the settings that vary besides those of the place and its line, which tell which cells these
 *   are; `range`: what the values can be.
 */
export function factorPoint(
  cells: readonly MeasuredCell[],
  place: Pick<FactorPoint, 'at' | 'label' | 'name'>,
  about: { readonly others: readonly VaryingSetting[]; readonly range: Range },
): FactorPoint {
  const { others, range } = about;
  const measured = cells.filter((cell) => cell.measured.length > 0);
  // A mean over some of the cells only would compare different things.
  const block = measured.length === cells.length ? blockMean(cells, range) : null;
  const { n, mean, low, high } = block?.interval ?? { n: 0, mean: null, low: null, high: null };
  return {
    ...{ ...place, mean, low, high, seeds: n, cells: cells.length, over: cellsText(cells, others) },
    ...(cells.length > 0 && cells.every(({ isImported }) => isImported) ? { isImported: true } : {}),
    runs: measured.flatMap((cell) => cell.measured),
    leftOut: leftOutText(cells.flatMap((cell) => cell.leftOut)),
    unused: block?.unused ?? [],
  };
}

/** The values of a setting along an axis. */
export function settingAxis({ title, values, labels, isArranged = false }: VaryingSetting): FactorX {
  const places = isArranged ? [...values.keys()] : factorPlaces(values);
  return {
    title,
    places: values.map((value, index) => ({
      ...{ at: places[index] ?? index, label: labels[index] ?? '', value },
    })),
    ordered: values.every((value) => typeof value === 'number') && (!isArranged || isMonotone(values)),
  };
}

/** Whether values never turn. */
function isMonotone(values: readonly FactorValue[]): boolean {
  const turns = values.slice(2).filter((value, place) => {
    const [first = null, second = null] = [values[place], values[place + 1]];
    return Number(second) > Number(first) !== Number(value) > Number(second);
  });
  return turns.length === 0;
}

/** Numbers keep their distances, on a logarithmic scale where they span much or are a geometric row; others stand evenly. */
function factorPlaces(values: readonly FactorValue[]): number[] {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) return [...values.keys()];
  return isGeometric(numbers) ? numbers.map(Math.log10) : numbers;
}

/** Whether rising numbers are for a logarithmic scale: positive, and spanning much or a geometric row. */
export function isGeometric(numbers: readonly number[]): boolean {
  const [least = 1, most = 1] = [numbers[0], numbers.at(-1)];
  const ratios = numbers.slice(1).map((value, index) => value / (numbers[index] ?? NaN));
  const isRow =
    numbers.length > 2 && ratios.every((ratio) => Math.abs(ratio / (ratios[0] ?? NaN) - 1) < 1e-6);
  return least > 0 && (most >= WIDE * least || isRow);
}

/** The interval within the only run of a point, as methods of analysis have it over images; null where there is none. */
export function intervalWithin({ seeds, runs }: FactorPoint): readonly [low: number, high: number] | null {
  const [run] = runs;
  return seeds === 1 && runs.length === 1 ? (run?.interval ?? null) : null;
}
