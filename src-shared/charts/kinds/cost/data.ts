import { counted } from '../../../counted.ts';
import { Problem } from '../../../mistakes/problem.ts';
import type { Column } from '../../../runs/column.ts';
import type { RunIndex } from '../../../runs/run-index.ts';
import { runsAt } from '../../../runs/replicates.ts';
import type { CellValues } from '../../../statistics/front-uncertainty.ts';
import { mean } from '../../../statistics/interval.ts';
import { paretoFront } from '../../../statistics/pareto-front.ts';
import { accountNotes, leftOutText, otherTimesNote } from '../../cells/account-notes.ts';
import { type UnmarkedCell, unmarkedCells } from '../../cells/left-out-cells.ts';
import {
  type CellTable,
  type MeasuredCell,
  settingKey,
  settingLabel,
  settingsText,
  type VaryingSetting,
  requireVarying,
} from '../../cells/measured-cell.ts';
import { COLOURS } from '../../palette.ts';
import { cutNotes, quantityOf } from '../../quantity.ts';
import {
  type CostAxes,
  type CostFront,
  type CostReference,
  frontsOf,
  referenceOf,
  signOf,
} from './fronts.ts';

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
  /** Of which set of cells; empty where all are of one. */
  readonly set: string;
  /** Whether it is on the front of its set. */
  readonly onFront: boolean;
  /** Share of the resamples in which the cell is on the front of its set; null where that is not known. */
  readonly frontShare: number | null;
}

/** The values of a setting that colours or symbols stand for. */
export interface CostCode {
  readonly title: string;
  readonly labels: readonly string[];
  /** Whether the values are numbers, so that colours may follow a scale. */
  readonly ordered: boolean;
}

export interface CostData extends CostAxes {
  readonly points: readonly CostPoint[];
  readonly fronts: readonly CostFront[];
  /** The setting that each front is for one value of; empty for the only front. */
  readonly frontTitle: string;
  /** From where hypervolumes are measured, not scaled; null for the only front. */
  readonly reference: CostReference | null;
  readonly unmarked: readonly UnmarkedCell[];
  readonly colours: CostCode | null;
  readonly symbols: CostCode | null;
  /** How many runs have a value of the metric, but not of the cost. */
  readonly withoutCost: number;
  /** What is to be said of runs that are left out; empty without such. */
  readonly notes: readonly string[];
  /** What is to be said of the resamples of the seeds; empty as long as there are none. */
  readonly resampled: string;
  /** Whether the front is one of results on the test part, which choose it themselves. */
  readonly isFrontOfTest: boolean;
}

export interface CostSettings {
  readonly logX: boolean;
  /** Path of the setting of which each value has a front of its own; null for one of all cells. */
  readonly frontBy: string | null;
  /** As it is typed; null for one beyond the worst cells. */
  readonly reference: string | null;
}

const MOST_COLOURS = 8;
const MOST_SYMBOLS = 6;

/**
 * Cells by what they cost and what they reach. The front takes the better direction from the quantity (a loss is to be
 * small) and small costs. Cells without a run that has both numbers are left out.
 *
 * @param cost column of the cost, e.g. `parameters` or `seconds`; numeric.
 * @throws Problem `usage` for fronts by a setting that does not vary or has too many values, or a reference that is none
 */
export function costData(
  index: RunIndex,
  table: CellTable,
  cost: Column,
  settings: CostSettings = { logX: true, frontBy: null, reference: null },
): CostData {
  const { quantity, varying } = table;
  const places = new Map(index.rows.map((row, place) => [row.id, place]));
  const costs = index.values(cost);
  const by = settingOfFronts(varying, settings.frontBy);
  const [colours, symbols] = codes(by ? [by, ...varying.filter((setting) => setting !== by)] : varying);
  const sign = signOf(quantity);
  const placed = table.cells.flatMap((cell): Omit<CostPoint, 'onFront'>[] => {
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
        ...{ set: by ? settingLabel(by, cell.settings[by.path]) : '', frontShare: null },
      },
    ];
  });
  const withoutCost =
    table.cells.reduce((sum, { measured }) => sum + measured.length, 0) -
    placed.reduce((sum, { runs }) => sum + runs.length, 0);
  const sets = by ? by.labels.filter((label) => placed.some(({ set }) => set === label)) : [''];
  const front = new Set(
    sets.flatMap((set) => {
      const members = placed.filter((point) => point.set === set);
      return paretoFront(members.map((point) => ({ ...point, value: sign * point.mean }))).map(
        ({ cell }) => cell,
      );
    }),
  );
  const points = placed.map((point) => ({ ...point, onFront: front.has(point.cell) }));
  const drawn = points.flatMap(({ runs }) => runs.flatMap(({ run }) => places.get(run) ?? []));
  const axes = {
    ...{ quantity, cost: quantityOf(cost) },
    isLogarithmic: settings.logX && points.every(({ runs }) => runs.every((run) => run.cost > 0)),
  };
  // of one front it would say nothing
  const reference = by ? referenceOf(settings.reference, points, axes) : null;
  return {
    ...axes,
    ...{ points, reference, fronts: frontsOf(sets, { ...axes, points, reference }) },
    frontTitle: by?.title ?? '',
    unmarked: unmarkedCells(
      table,
      points.map(({ cell }) => cell),
    ),
    // colours of fronts are those of lines
    colours: colours && { ...codeOf(colours), ...(by && { ordered: false }) },
    symbols: symbols && codeOf(symbols),
    withoutCost,
    notes: [
      ...cutNotes(quantity, points),
      ...accountNotes(table),
      otherTimesNote(table, [cost], runsAt(index, drawn)),
      withoutCost === 0 ? '' : `${counted(withoutCost, 'run')} without ${cost.title}`,
    ],
    resampled: '',
    isFrontOfTest: table.judge.name !== quantity.name,
  };
}

function settingOfFronts(varying: readonly VaryingSetting[], path: string | null): VaryingSetting | null {
  if (path === null) return null;
  const found = requireVarying(varying, path, 'there is one front: leave it out.');
  if (found.values.length > COLOURS)
    throw new Problem(
      'usage',
      `There are ${found.values.length} values of ${found.title} in these runs; at most ${COLOURS} fronts can be told apart.`,
    );
  return found;
}

/** The cells as `frontUncertainty` takes them, for which large values are better. */
export function frontCells({ points, quantity }: CostData): CellValues[] {
  const sign = signOf(quantity);
  return points.map(({ cell, cost, runs, set }) => ({
    ...{ cell, cost, set },
    seeds: runs.map(({ seed, value }) => ({ seed, value: sign * value })),
  }));
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
