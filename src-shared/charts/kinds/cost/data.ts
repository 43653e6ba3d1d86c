import { counted } from '../../../counted.ts';
import type { Column } from '../../../runs/column.ts';
import type { RunIndex } from '../../../runs/run-index.ts';
import type { CellValues } from '../../../statistics/front-uncertainty.ts';
import { mean } from '../../../statistics/interval.ts';
import { paretoFront } from '../../../statistics/pareto-front.ts';
import { accountNotes, leftOutText } from '../../cells/account-notes.ts';
import { type UnmarkedCell, unmarkedCells } from '../../cells/left-out-cells.ts';
import {
  type CellTable,
  type MeasuredCell,
  settingKey,
  settingsText,
  type VaryingSetting,
} from '../../cells/measured-cell.ts';
import { cutNotes, type Quantity, quantityOf } from '../../quantity.ts';

/** A run with its own cost, e.g. the time that it took. */
export interface CostRun {
  readonly run: string;
  readonly seed: number;
  readonly cost: number;
  readonly value: number;
}

export interface CostPoint {
  readonly cell: string;
  /** e.g. `SR = 0.25, 3×3 = 0.5`. */
  readonly label: string;
  /** Mean over the runs. */
  readonly cost: number;
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly runs: readonly CostRun[];
  /** The runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
  readonly leftOut: string;
  /** Place of the cell's value in `colours` and in `symbols`; 0 where these are null. */
  readonly colour: number;
  readonly symbol: number;
  readonly onFront: boolean;
  /** Share of the resamples in which the cell is on the front; null where that is not known. */
  readonly frontShare: number | null;
}

/** The values of a setting that colours or symbols stand for. */
export interface CostCode {
  readonly title: string;
  readonly labels: readonly string[];
  /** Whether the values are numbers, so that colours may follow a scale. */
  readonly ordered: boolean;
}

export interface CostData {
  readonly quantity: Quantity;
  readonly cost: Quantity;
  readonly points: readonly CostPoint[];
  readonly unmarked: readonly UnmarkedCell[];
  readonly colours: CostCode | null;
  readonly symbols: CostCode | null;
  /** What is to be said of runs that are left out; empty without such. */
  readonly notes: readonly string[];
  /** Whether the front is one of results on the test part, which choose it themselves. */
  readonly isFrontOfTest: boolean;
}

const MOST_COLOURS = 8;
const MOST_SYMBOLS = 6;

/**
 * Cells by what they cost and what they reach. The front takes the better direction from the quantity (a loss is to be
 * small) and small costs. Cells without a run that has both numbers are left out.
 *
 * @param cost column of the cost, e.g. `parameters` or `seconds`; numeric.
 */
export function costData(index: RunIndex, table: CellTable, cost: Column): CostData {
  const { quantity, varying } = table;
  const places = new Map(index.rows.map((row, place) => [row.id, place]));
  const costs = index.values(cost);
  const [colours, symbols] = codes(varying);
  const sign = quantity.better === 'lower' ? -1 : 1;
  const points = table.cells.flatMap((cell): Omit<CostPoint, 'onFront' | 'frontShare'>[] => {
    const runs = cell.measured.flatMap((run): CostRun[] => {
      const own = costs[places.get(run.run) ?? -1];
      return typeof own === 'number' && !Number.isNaN(own) ? [{ ...run, cost: own }] : [];
    });
    const { mean: centre, low, high, n } = cell.interval;
    if (runs.length === 0 || centre === null) return [];
    return [
      {
        ...{
          cell: cell.id,
          label: settingsText(varying, cell.settings),
          cost: mean(runs.map((run) => run.cost)),
        },
        ...{ mean: centre, low, high, n, runs, leftOut: leftOutText(cell.leftOut) },
        ...{ colour: placeIn(colours, cell), symbol: placeIn(symbols, cell) },
      },
    ];
  });
  const withoutCost =
    table.cells.reduce((sum, { measured }) => sum + measured.length, 0) -
    points.reduce((sum, { runs }) => sum + runs.length, 0);
  const front = new Set(
    paretoFront(points.map((point) => ({ ...point, value: sign * point.mean }))).map(({ cell }) => cell),
  );
  return {
    quantity,
    cost: quantityOf(cost),
    points: points.map((point) => ({ ...point, onFront: front.has(point.cell), frontShare: null })),
    unmarked: unmarkedCells(
      table,
      points.map(({ cell }) => cell),
    ),
    colours: colours && codeOf(colours),
    symbols: symbols && codeOf(symbols),
    notes: [
      ...cutNotes(quantity, points),
      ...accountNotes(table),
      withoutCost === 0 ? '' : `${counted(withoutCost, 'run')} without ${cost.title}`,
    ],
    isFrontOfTest: table.judge.name !== quantity.name,
  };
}

/** The cells as `frontUncertainty` takes them, for which large values are better. */
export function frontCells({ points, quantity }: CostData): CellValues[] {
  const sign = quantity.better === 'lower' ? -1 : 1;
  return points.map(({ cell, cost, runs }) => ({
    ...{ cell, cost },
    seeds: runs.map(({ seed, value }) => ({ seed, value: sign * value })),
  }));
}

/** @param shares of the resamples in which a cell is on the front, by cell */
export function withFrontShares(data: CostData, shares: ReadonlyMap<string, number>): CostData {
  const points = data.points.map((point) => ({ ...point, frontShare: shares.get(point.cell) ?? null }));
  return { ...data, points };
}

/** Colour tells the first setting, symbol the second, if they have few enough values. */
function codes(varying: readonly VaryingSetting[]): readonly [VaryingSetting | null, VaryingSetting | null] {
  const [first, second] = varying;
  return [
    first && first.values.length <= MOST_COLOURS ? first : null,
    second && second.values.length <= MOST_SYMBOLS ? second : null,
  ];
}

function codeOf({ title, values, labels }: VaryingSetting): CostCode {
  return {
    title,
    labels,
    ordered: values.every((value) => typeof value === 'number'),
  };
}

function placeIn(setting: VaryingSetting | null, cell: MeasuredCell): number {
  if (!setting) return 0;
  const key = settingKey(cell.settings[setting.path]);
  return Math.max(
    0,
    setting.values.findIndex((value) => settingKey(value) === key),
  );
}
