import { Problem } from '../../mistakes/problem.ts';
import type { FactorValue } from '../../studies/cell.ts';
import {
  type MeasuredCell,
  sameSetting,
  settingLabel,
  type VaryingSetting,
  requireVarying,
  varyingText,
} from '../cells/measured-cell.ts';
import type { LayerCell, LayerTable } from './layer-table.ts';

/** Cells over which means are taken: those with one value of a setting, or one alone. */
export interface CellGroup {
  /** e.g. `0.5`, or of the only cell nothing. */
  readonly label: string;
  /** What the label stands for, unshortened; absent where it is a name itself. */
  readonly value?: FactorValue;
  readonly cells: readonly LayerCell[];
  /** The settings besides those of the label, which tell the cells apart. */
  readonly others: readonly VaryingSetting[];
}

export interface CellGroups {
  /** What the labels are of: the setting, or `cell`; empty for the only cell. */
  readonly title: string;
  readonly groups: readonly CellGroup[];
}

/**
 * A group for each value of a setting, or for each cell; each imported network is one by itself.
 *
 * @param line path of the setting; null for each cell
 * @throws Problem `usage` for a setting that does not vary in these runs
 */
export function cellGroups(table: LayerTable, line: string | null): CellGroups {
  const { cells, varying, alike } = table;
  if (line === null) {
    const groups = cells.map((cell) => ({ label: cell.label, cells: [cell], others: [] }));
    return { title: cells.length > 1 ? 'cell' : '', groups };
  }
  // while analyses are computed those that are done may have one value of it yet
  const setting = alike.find(({ path }) => path === line) ?? varyingSetting(table, line);
  const others = varying.filter((other) => other !== setting);
  return {
    title: setting.title,
    groups: [
      ...setting.values.map((value) => ({
        ...{ label: settingLabel(setting, value), value, others },
        cells: withValue(cells, setting, value),
      })),
      ...cells
        .filter(({ isImported }) => isImported)
        .map((cell) => ({ label: cell.label, cells: [cell], others: [] })),
    ],
  };
}

/** Symbols with dashes tell so many apart. */
const MOST_GROUPS = 30;

/** For a chart in which colours tell something else. @throws Problem `usage` for more groups than can be told apart */
export function fewGroups(of: CellGroups): CellGroups {
  const { groups, title } = of;
  if (groups.length <= MOST_GROUPS) return of;
  const what = title === 'cell' ? 'cells' : `values of ${title}`;
  throw new Problem(
    'usage',
    `${groups.length} ${what} are more than symbols and dashes tell apart (${MOST_GROUPS}): draw the series of a setting with fewer values, or choose fewer runs.`,
  );
}

/** @throws Problem `usage` */
export function varyingSetting({ varying }: LayerTable, path: string): VaryingSetting {
  return requireVarying(varying, path, `there is nothing to draw as series. ${varyingText(varying)}`);
}

/** Imported networks have no value of a setting. */
export function withValue(
  cells: readonly LayerCell[],
  { path }: VaryingSetting,
  value: FactorValue | undefined,
): LayerCell[] {
  return cells.filter(({ settings, isImported }) => !isImported && sameSetting(settings[path], value));
}

/** The layer in each of the cells, which all have it. */
export function ofLayer(cells: readonly LayerCell[], layer: string): MeasuredCell[] {
  return cells.flatMap(({ layers }) => layers.get(layer) ?? []);
}

/** Whether imported networks stand beside runs. */
export function isMixed(cells: readonly LayerCell[]): boolean {
  return new Set(cells.map(({ isImported }) => isImported)).size > 1;
}
