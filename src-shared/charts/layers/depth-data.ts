import { Problem } from '../../contract/problem.ts';
import { factorText } from '../../names/factor-text.ts';
import { type MeasuredCell, sameSetting, type VaryingSetting } from '../cells/measured-cell.ts';
import type { FactorData, FactorLine } from '../factor/data.ts';
import { factorPlaces, factorPoint } from '../factor/points.ts';
import type { LayerCell, LayerTable } from './layer-table.ts';

export interface DepthSettings {
  /** Path of the setting along the axis, one line for each layer; null for the layers in their order. */
  readonly x: string | null;
  /** Path of the setting that gives the lines along the layers; null for one line a cell. */
  readonly line: string | null;
  readonly baselines: boolean;
}

/**
 * A measure of layers against depth, one line for each value of a setting or for each cell; or against a setting, one
 * line for each layer. Where further settings vary, a point is the mean over the cells that have the layer, with the
 * seeds as blocks.
 *
 * @param border layers from which on the receptive field exceeds the image; marked along the depth.
 * @throws Problem `usage` for a setting that does not vary in these runs, or for depth where there are no layers.
 */
export function depthData(
  table: LayerTable,
  { x, line, baselines }: DepthSettings,
  border: readonly string[] = [],
): FactorData {
  return x === null ? alongDepth(table, line, baselines, border) : alongSetting(table, x);
}

function alongDepth(
  table: LayerTable,
  line: string | null,
  baselines: boolean,
  border: readonly string[],
): FactorData {
  const { layers, cells, quantity, varying, scope } = table;
  if (scope === 'network') {
    const settings = varying.map(({ path }) => path).join(' or ');
    throw new Problem(
      'usage',
      `"${quantity.title}" is one number of the whole network, which has no depth: draw it as a map of layers and cells` +
        (settings === '' ? '.' : `, or along a setting (${settings}).`),
    );
  }
  const setting = line === null ? null : varyingSetting(table, line);
  const groups = setting
    ? setting.values.map((value) => ({ label: factorText(value), cells: withValue(cells, setting, value) }))
    : cells.map((cell) => ({ label: cell.label, cells: [cell] }));
  const borders = layers.flatMap((layer, at) => (border.includes(layer) ? [at] : []));
  return {
    quantity,
    x: { title: 'layer', places: layers.map((label, at) => ({ at, label })), ordered: true },
    lineTitle: setting?.title ?? (cells.length > 1 ? 'cell' : ''),
    lines: groups.map(({ label, cells: members }) => ({
      label,
      points: layers
        .map((layer, at) => factorPoint(havingLayer(members, layer), at, layer))
        .filter(({ runs }) => runs.length > 0),
    })),
    averagedOver: setting ? titlesOfOthers(varying, setting) : [],
    references: baselines ? referencesOf(table) : [],
    borders,
    notes: [
      ...table.notes,
      borders.length > 0 ? 'dotted: from here the receptive field exceeds the image' : '',
      borders.length > 1 ? 'that depends on the cell' : '',
    ],
  };
}

function alongSetting(table: LayerTable, path: string): FactorData {
  const { layers, cells, quantity, varying, notes, scope } = table;
  const x = varyingSetting(table, path);
  const places = factorPlaces(x.values);
  const labels = x.values.map(factorText);
  const lines = layers.map((layer): FactorLine => {
    const points = x.values.map((value, index) =>
      factorPoint(
        havingLayer(withValue(cells, x, value), layer),
        places[index] ?? index,
        labels[index] ?? '',
      ),
    );
    const label = scope === 'network' ? '' : layer;
    return { label, points: points.filter(({ runs }) => runs.length > 0) };
  });
  return {
    quantity,
    x: {
      title: x.title,
      places: places.map((at, index) => ({ at, label: labels[index] ?? '' })),
      ordered: x.values.every((value) => typeof value === 'number'),
    },
    lineTitle: scope === 'network' ? '' : 'layer',
    lines,
    averagedOver: titlesOfOthers(varying, x),
    ...{ references: [], borders: [], notes },
  };
}

/** @throws Problem `usage` */
function varyingSetting({ varying }: LayerTable, path: string): VaryingSetting {
  const found = varying.find((setting) => setting.path === path);
  if (found) return found;
  const names = varying.map((setting) => setting.path).join(', ');
  throw new Problem(
    'usage',
    `${path} has one value in what is shown, so there are no lines for it. ${names === '' ? 'Nothing varies.' : `What varies: ${names}.`}`,
  );
}

function withValue(
  cells: readonly LayerCell[],
  { path }: VaryingSetting,
  value: VaryingSetting['values'][number],
): LayerCell[] {
  return cells.filter(({ settings }) => sameSetting(settings[path], value));
}

/** A cell whose network lacks the layer, as one without 3x3 filters, is no gap in the data. */
function havingLayer(cells: readonly LayerCell[], layer: string): MeasuredCell[] {
  return cells.flatMap(({ layers }) => layers.get(layer) ?? []);
}

function titlesOfOthers(varying: readonly VaryingSetting[], setting: VaryingSetting): string[] {
  return varying.filter((other) => other !== setting).map(({ title }) => title);
}

function referencesOf({ baselines, layers }: LayerTable): FactorData['references'] {
  return [...baselines].map(([label, byLayer]) => ({
    label,
    points: layers.flatMap((layer, at) => {
      const value = byLayer.get(layer);
      return value === undefined ? [] : [{ at, value }];
    }),
  }));
}
