import { Problem } from '../../../mistakes/problem.ts';
import { mean } from '../../../statistics/interval.ts';
import { balancedCells } from '../../cells/balanced-cells.ts';
import {
  type MeasuredCell,
  sameSetting,
  settingLabel,
  type VaryingSetting,
} from '../../cells/measured-cell.ts';
import type { FactorData } from '../factor/data.ts';
import { type FactorLine, leftCellsNote, linesNotes } from '../factor/line-notes.ts';
import { factorAxis, factorPlaces, factorPoint } from '../factor/points.ts';
import type { LayerCell, LayerTable } from '../../layers/layer-table.ts';
import { type SameCells, sameCells, sameCellsNotes } from '../../layers/same-cells.ts';

export interface DepthSettings {
  /** Path of the setting along the axis, one line for each layer; null for the layers in their order. */
  readonly x: string | null;
  /** Path of the setting that gives the lines along the layers; null for one line a cell. */
  readonly line: string | null;
  readonly baselines: boolean;
}

/**
 * A measure of layers against depth, one line for each value of a setting or for each cell; or against a setting, one
 * line for each layer. Where further settings vary, a point is the mean over cells, the same ones along a line, with the
 * seeds as blocks.
 *
 * @param bordersOf of the layers that are shown those from which on the receptive field exceeds the image; they are
 *   marked along the depth.
 * @throws Problem `usage` for a setting that does not vary in these runs, or for depth where there are no layers, or none
 *   that all cells of a line have.
 */
export function depthData(
  table: LayerTable,
  { x, line, baselines }: DepthSettings,
  bordersOf: (layers: readonly string[]) => readonly string[] = () => [],
): FactorData {
  return x === null ? alongDepth(table, line, baselines, bordersOf) : alongSetting(table, x);
}

function alongDepth(
  table: LayerTable,
  line: string | null,
  baselines: boolean,
  bordersOf: (layers: readonly string[]) => readonly string[],
): FactorData {
  const { cells, quantity, varying, scope, roles } = table;
  if (scope === 'network') {
    const settings = varying.map(({ path }) => path).join(' or ');
    throw new Problem(
      'usage',
      `"${quantity.title}" is one number for the whole network, without depth: draw it as a layer map` +
        (settings === '' ? '.' : `, or against a setting (${settings}).`),
    );
  }
  const setting = line === null ? null : varyingSetting(table, line);
  const groups = setting
    ? [
        ...setting.values.map((value) => ({
          ...{ label: settingLabel(setting, value), value, of: withValue(cells, setting, value) },
        })),
        ...cells.filter(({ isImported }) => isImported).map((cell) => ({ label: cell.label, of: [cell] })),
      ]
    : cells.map((cell) => ({ label: cell.label, of: [cell] }));
  const drawn = groups.map(({ of, ...named }) => ({ named, ...sameCells(of, table, roles) }));
  const layers = shownLayers(table, drawn);
  const others = setting ? varying.filter((other) => other !== setting) : [];
  const aboutOf = ([cell]: readonly LayerCell[]) => ({
    others: cell?.isImported === true ? [] : others,
    range: quantity.range,
  });
  const lines = drawn.map(({ named, cells: members, layers: own }): FactorLine => {
    const points = layers.flatMap((layer, at) =>
      own.includes(layer)
        ? [factorPoint(ofLayer(members, layer), { at, label: layer }, aboutOf(members))]
        : [],
    );
    return { ...named, points: points.filter(({ runs }) => runs.length > 0), isJoined: true };
  });
  const border = bordersOf(layers);
  const borders = layers.flatMap((layer, at) => (border.includes(layer) ? [at] : []));
  const lineTitle = setting?.title ?? (cells.length > 1 ? 'cell' : '');
  return {
    quantity,
    x: { title: 'layer', places: layers.map((label, at) => ({ at, label })), ordered: true },
    lineTitle,
    lines,
    references: baselines ? referencesOf(drawn, table, layers) : [],
    borders,
    notes: [
      ...linesNotes(lines, lineTitle, quantity),
      ...sameCellsNotes(table, drawn),
      ...table.notes,
      baselines && isMixed(cells) ? 'baselines of the runs alone' : '',
      borders.length > 0 ? 'dotted: from here the receptive field exceeds the image' : '',
      borders.length > 1 ? 'that depends on the cell' : '',
    ],
  };
}

/** Lines of several layers are compared with each other, so they are over the same cells, too. */
function alongSetting(table: LayerTable, path: string): FactorData {
  const { quantity, varying, notes, scope, roles } = table;
  const x = varyingSetting(table, path);
  const others = varying.filter((other) => other !== x);
  const places = factorPlaces(x.values);
  const { labels } = x;
  const about = { others, range: quantity.range };
  const imported = table.cells.filter(({ isImported }) => isImported);
  const same = sameCells(
    table.cells.filter(({ isImported }) => !isImported),
    table,
    roles,
  );
  const { kept, left, isBalanced } = balancedCells(same.cells, x, others);
  const lines = shownLayers(table, [same]).map((layer): FactorLine => {
    const points = x.values.map((value, index) =>
      factorPoint(
        ofLayer(withValue(kept, x, value), layer),
        { at: places[index] ?? index, label: labels[index] ?? '' },
        about,
      ),
    );
    const label = scope === 'network' ? '' : layer;
    return { label, points: points.filter(({ runs }) => runs.length > 0), isJoined: isBalanced };
  });
  const lineTitle = scope === 'network' ? '' : 'layer';
  return {
    quantity,
    x: {
      title: x.title,
      places: factorAxis(x),
      ordered: x.values.every((value) => typeof value === 'number'),
    },
    lineTitle,
    lines,
    ...{ references: [], borders: [] },
    notes: [
      ...linesNotes(lines, lineTitle, quantity),
      ...sameCellsNotes(table, [same]),
      imported.length === 0
        ? ''
        : `left out, as no ${x.title} is theirs: ${imported.map(({ label }) => label).join(', ')}`,
      leftCellsNote(left, varying, `without a counterpart at each ${x.title}`),
      ...notes,
    ],
  };
}

/** @throws Problem `usage` */
function shownLayers({ layers }: LayerTable, drawn: readonly SameCells[]): string[] {
  const shown = layers.filter((layer) => drawn.some((same) => same.layers.includes(layer)));
  if (shown.length > 0) return shown;
  throw new Problem(
    'usage',
    'No layer exists in all cells of a series: draw one series per cell, or choose fewer roles or other runs.',
  );
}

/** @throws Problem `usage` */
function varyingSetting({ varying }: LayerTable, path: string): VaryingSetting {
  const found = varying.find((setting) => setting.path === path);
  if (found) return found;
  const names = varying.map((setting) => setting.path).join(', ');
  throw new Problem(
    'usage',
    `${path} has only one value in these runs, so there is nothing to draw as series. ${names === '' ? 'Nothing varies.' : `Varying: ${names}.`}`,
  );
}

/** Whether imported networks stand beside runs. */
function isMixed(cells: readonly LayerCell[]): boolean {
  return new Set(cells.map(({ isImported }) => isImported)).size > 1;
}

function withValue(
  cells: readonly LayerCell[],
  { path }: VaryingSetting,
  value: VaryingSetting['values'][number],
): LayerCell[] {
  return cells.filter(({ settings, isImported }) => !isImported && sameSetting(settings[path], value));
}

/** The layer in each of the cells, which all have it. */
function ofLayer(cells: readonly LayerCell[], layer: string): MeasuredCell[] {
  return cells.flatMap(({ layers }) => layers.get(layer) ?? []);
}

/**
 * Each baseline as the mean over all cells that are shown, at the layers that all of them have; where imported networks
 * stand beside runs, over those of the runs.
 */
function referencesOf(
  drawn: readonly SameCells[],
  table: LayerTable,
  places: readonly string[],
): FactorData['references'] {
  const shown = [...new Set(drawn.flatMap((same) => same.cells))];
  const runs = shown.filter(({ isImported }) => !isImported);
  const { cells, layers } = sameCells(runs.length > 0 ? runs : shown, table, null);
  const names = [...new Set(cells.flatMap(({ baselines }) => [...baselines.keys()]))];
  return names.map((label) => ({
    label,
    points: layers.flatMap((layer) => {
      const values = cells.flatMap(({ baselines }) => baselines.get(label)?.get(layer) ?? []);
      return values.length === cells.length ? [{ at: places.indexOf(layer), value: mean(values) }] : [];
    }),
  }));
}
