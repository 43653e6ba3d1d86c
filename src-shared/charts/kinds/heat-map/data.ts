import { Problem } from '../../../mistakes/problem.ts';
import { factorNames, factorText } from '../../../studies/factor-text.ts';
import type { Range } from '../../../statistics/interval.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import type { AxisGroup } from '../../axis-groups.ts';
import { accountNotes, leftOutText, unusedNote } from '../../cells/account-notes.ts';
import { blockMean } from '../../cells/block-mean.ts';
import { countText } from '../../cells/count-text.ts';
import { type CellTable, type MeasuredCell, settingKey, settingsText } from '../../cells/measured-cell.ts';
import { cutNotes, type Quantity } from '../../quantity.ts';

export interface HeatMapSettings {
  /** Paths of the two settings. */
  readonly x: string;
  readonly y: string;
  readonly marginals: boolean;
}

/** One place of a heat map. */
export interface HeatCell {
  readonly column: number;
  readonly row: number;
  /** `no such cell`: in the study, or among the runs that are compared. The last two are of maps of layers: the network has none of the name, or the measure is not defined for it. */
  readonly state: 'measured' | 'no runs' | 'no such cell' | 'no such layer' | 'not defined';
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly seeds: number;
  /** Cells over which it is the mean; one but for maps of layers. */
  readonly cells: number;
  /** The runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
  readonly leftOut: string;
  readonly runs: readonly string[];
}

/** The mean over a column or a row of cells, seeds as blocks. */
export interface Marginal {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly seeds: number;
  readonly cells: number;
  /** Ids of runs that are not in it, since not all of the cells have their seed. */
  readonly unused: readonly string[];
}

export interface HeatAxis {
  readonly title: string;
  readonly labels: readonly string[];
  /** What the labels stand for, unshortened; absent where they are names themselves. */
  readonly values?: readonly FactorValue[];
  /** Under whose names its places stand where their own have no room. */
  readonly groups?: readonly AxisGroup[];
  /** Its words are not drawn, as the places speak for themselves. */
  readonly isSilent?: true;
}

export interface HeatPanel {
  /** What all its cells share besides the two settings, e.g. `bypass = simple`; empty where there is one panel. */
  readonly label: string;
  readonly cells: readonly HeatCell[];
  /** Its own, where its places are others than those of the panels beside it. */
  readonly axes?: HeatAxes;
}

interface HeatAxes {
  readonly x: HeatAxis;
  readonly y: HeatAxis;
}

export interface HeatMapData extends HeatAxes {
  readonly quantity: Quantity;
  /** Its numbers are of one run each: there are no means, intervals and n. */
  readonly ofRuns?: true;
  /** What the colours show, whatever the means are; absent where these say. */
  readonly colours?: readonly [low: number, high: number];
  readonly panels: readonly HeatPanel[];
  /** By column and by row; null where a cell has no runs. The whole is null with several panels, and where no cell has any. */
  readonly marginals: {
    readonly columns: readonly (Marginal | null)[];
    readonly rows: readonly (Marginal | null)[];
    readonly all: Marginal | null;
  } | null;
  /** What is to be said besides; empty without. */
  readonly notes: readonly string[];
}

const MOST_VALUES = 20;
const MOST_PANELS = 9;

/** Whether these settings make a readable map. */
export function fitsHeatMap({ varying }: CellTable, { x, y }: Pick<HeatMapSettings, 'x' | 'y'>): boolean {
  const count = (path: string): number =>
    varying.find((setting) => setting.path === path)?.values.length ?? 1;
  const panels = varying
    .filter(({ path }) => path !== x && path !== y)
    .reduce((product, { values }) => product * values.length, 1);
  return count(x) <= MOST_VALUES && count(y) <= MOST_VALUES && panels <= MOST_PANELS;
}

/**
 * One setting against another. Settings that vary besides them give one panel for each of their combinations.
 *
 * @throws Problem `usage` where there are more combinations than can be read.
 */
export function heatMapData(table: CellTable, settings: HeatMapSettings): HeatMapData {
  if (!fitsHeatMap(table, settings)) throw new Problem('usage', tooMany(table, settings));
  const [x, y] = [axisOf(table, settings.x), axisOf(table, settings.y)];
  const { values: columns } = x;
  const { values: rows } = y;
  const others = table.varying.filter(({ path }) => path !== settings.x && path !== settings.y);
  const groups = Map.groupBy(table.cells, (cell) => settingsText(others, cell.settings));
  const panels = [...groups].map(([label, cells]) => ({
    label,
    places: placesOf(cells, columns, rows, settings),
  }));
  const [only] = panels;
  const isEmpty = table.cells.every(({ interval }) => interval.mean === null);
  const drawn = panels.map(({ label, places }) => ({ label, cells: places.map(heatCell) }));
  const mean = (places: readonly Place[]): Marginal | null => marginal(places, table.quantity.range);
  const marginals =
    only && panels.length === 1 && settings.marginals && !isEmpty
      ? {
          columns: columns.map((_, column) => mean(only.places.filter((place) => place.column === column))),
          rows: rows.map((_, row) => mean(only.places.filter((place) => place.row === row))),
          all: mean(only.places),
        }
      : null;
  return {
    quantity: table.quantity,
    ...{ x, y },
    panels: drawn,
    marginals,
    notes: [
      ...mapNotes(table.quantity, drawn, marginals),
      ...accountNotes(table),
      unusedNote(marginals ? unusedIn(marginals) : []),
    ],
  };
}

/** What a map shows means of. */
export function meansOf({
  panels,
  marginals,
}: Pick<HeatMapData, 'panels' | 'marginals'>): (HeatCell | Marginal)[] {
  const cells = panels.flatMap((panel) => panel.cells.filter(({ mean }) => mean !== null));
  const edges = marginals ? [...marginals.columns, ...marginals.rows, marginals.all] : [];
  return [...cells, ...edges.filter((mean) => mean !== null)];
}

/** Whether each place tells its interval and n: where no mean is over several seeds, the notes say so once. */
export function tellsSpread(data: Pick<HeatMapData, 'panels' | 'marginals' | 'ofRuns'>): boolean {
  return data.ofRuns !== true && meansOf(data).some(({ seeds }) => seeds > 1);
}

/** What is to be said of all means of a map: their n, and whether intervals were cut. */
export function mapNotes(
  quantity: Quantity,
  panels: HeatMapData['panels'],
  marginals: HeatMapData['marginals'] = null,
): string[] {
  const cells = panels.flatMap((panel) => panel.cells.filter(({ mean }) => mean !== null));
  const edges = marginals ? [...marginals.columns, ...marginals.rows, marginals.all] : [];
  const marks = [...cells, ...edges.filter((mean) => mean !== null)];
  return [countText(cells), ...cutNotes(quantity, marks)];
}

function unusedIn({ columns, rows, all }: NonNullable<HeatMapData['marginals']>): string[] {
  return [...columns, ...rows, all].flatMap((mean) => mean?.unused ?? []);
}

function axisOf({ varying, cells }: CellTable, path: string): HeatAxis & Required<Pick<HeatAxis, 'values'>> {
  const setting = varying.find((each) => each.path === path);
  if (setting) return { title: setting.title, labels: setting.labels, values: setting.values };
  const { title } = factorNames(path);
  const only = cells[0]?.settings[path] ?? null;
  return { title, labels: [factorText(only)], values: [only] };
}

interface Place {
  readonly column: number;
  readonly row: number;
  readonly cell: MeasuredCell | null;
}

function placesOf(
  cells: readonly MeasuredCell[],
  columns: readonly FactorValue[],
  rows: readonly FactorValue[],
  { x, y }: HeatMapSettings,
): Place[] {
  const key = (column: FactorValue | undefined, row: FactorValue | undefined): string =>
    `${settingKey(column)} ${settingKey(row)}`;
  const keyed = new Map(cells.map((cell) => [key(cell.settings[x], cell.settings[y]), cell]));
  return columns.flatMap((columnValue, column) =>
    rows.map((rowValue, row) => ({ column, row, cell: keyed.get(key(columnValue, rowValue)) ?? null })),
  );
}

function heatCell({ column, row, cell }: Place): HeatCell {
  const { n, ...interval } = cell?.interval ?? { n: 0, mean: null, low: null, high: null };
  const state = !cell ? 'no such cell' : n === 0 ? 'no runs' : 'measured';
  return {
    ...{ column, row, state, seeds: n, cells: cell ? 1 : 0, ...interval },
    leftOut: leftOutText(cell?.leftOut ?? []),
    runs: cell?.runs ?? [],
  };
}

function marginal(places: readonly Place[], range: Range): Marginal | null {
  const cells = places.flatMap(({ cell }) => cell ?? []);
  const block = cells.length === places.length ? blockMean(cells, range) : null;
  if (!block || block.interval.mean === null) return null;
  const { n, mean, ...bounds } = block.interval;
  return { ...bounds, mean, seeds: n, cells: cells.length, unused: block.unused };
}

function tooMany({ varying }: CellTable, { x, y }: HeatMapSettings): string {
  const others = varying.filter(({ path }) => path !== x && path !== y);
  const counts = others.map(({ path, values }) => `${path} (${values.length} values)`).join(', ');
  return (
    `A heat map of ${x} and ${y} would be too large to read: up to ${MOST_VALUES} values per side and ${MOST_PANELS} panels` +
    `${counts === '' ? '' : `; also varying: ${counts}`}. Filter the runs.`
  );
}

/** Those of a panel. */
export function axesOf({ x, y }: HeatAxes, { axes }: Pick<HeatPanel, 'axes'>): HeatAxes {
  return axes ?? { x, y };
}
