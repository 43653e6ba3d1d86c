import { Problem } from '../../../mistakes/problem.ts';
import { balancedCells } from '../../cells/balanced-cells.ts';
import type { FactorData } from '../factor/data.ts';
import { type FactorLine, leftCellsNote, linesNotes } from '../factor/line-notes.ts';
import { factorPoint, settingAxis } from '../factor/points.ts';
import { baselineMeans } from '../../layers/baseline-means.ts';
import { cellGroups, isMixed, ofLayer, varyingSetting, withValue } from '../../layers/cell-groups.ts';
import type { LayerTable } from '../../layers/layer-table.ts';
import type { ModuleGroups } from '../../layers/module-groups.ts';
import { sameCells, sameCellsNotes, shownLayers } from '../../layers/same-cells.ts';

export interface DepthSettings {
  /** Path of the setting along the axis, one line for each layer; null for the layers in their order. */
  readonly x: string | null;
  /** Path of the setting that gives the lines along the layers; null for one line a cell. */
  readonly line: string | null;
  readonly baselines: boolean;
}

/** Of the layers that are shown. */
export interface ShownLayers {
  /** From these on the receptive field exceeds the image; they are marked along the depth. */
  readonly borders: readonly string[];
  /** Under whose names they stand; null where each has its own. */
  readonly modules: ModuleGroups | null;
}

/**
 * A measure of layers against depth, one line for each value of a setting or for each cell; or against a setting, one
 * line for each layer. Where further settings vary, a point is the mean over cells, the same ones along a line, with the
 * seeds as blocks.
 *
 * @throws Problem `usage` for a setting that does not vary in these runs, or for depth where there are no layers, or none
 *   that all cells of a line have.
 */
export function depthData(
  table: LayerTable,
  { x, line, baselines }: DepthSettings,
  shownOf: (layers: readonly string[]) => ShownLayers = () => ({ borders: [], modules: null }),
): FactorData {
  return x === null ? alongDepth(table, line, baselines, shownOf) : alongSetting(table, x);
}

function alongDepth(
  table: LayerTable,
  line: string | null,
  baselines: boolean,
  shownOf: (layers: readonly string[]) => ShownLayers,
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
  const { title: lineTitle, groups } = cellGroups(table, line);
  const drawn = groups.map(({ cells: of, ...named }) => ({ named, ...sameCells(of, table, roles) }));
  const layers = shownLayers(table, drawn);
  const lines = drawn.map(({ named: { others, ...named }, cells: members, layers: own }): FactorLine => {
    const points = layers.flatMap((layer, at) =>
      own.includes(layer)
        ? [factorPoint(ofLayer(members, layer), { at, label: layer }, { others, range: quantity.range })]
        : [],
    );
    return { ...named, points: points.filter(({ runs }) => runs.length > 0), isJoined: true };
  });
  const { borders: border, modules } = shownOf(layers);
  const borders = layers.flatMap((layer, at) => (border.includes(layer) ? [at] : []));
  return {
    quantity,
    x: {
      ...{ title: 'layer', places: layers.map((label, at) => ({ at, label })), ordered: true },
      ...(modules && { groups: modules.groups }),
    },
    lineTitle,
    lines,
    references: (baselines ? baselineMeans(drawn, table) : []).map(({ label, layers: own }) => ({
      label,
      points: own.map(({ layer, value }) => ({ at: layers.indexOf(layer), value })),
    })),
    borders,
    notes: [
      ...linesNotes(lines, lineTitle, quantity),
      ...sameCellsNotes(table, drawn),
      ...table.notes,
      modules?.note ?? '',
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
  const axis = settingAxis(x);
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
        { at: axis.places[index]?.at ?? index, label: axis.places[index]?.label ?? '' },
        about,
      ),
    );
    const label = scope === 'network' ? '' : layer;
    return { label, points: points.filter(({ runs }) => runs.length > 0), isJoined: isBalanced };
  });
  const lineTitle = scope === 'network' ? '' : 'layer';
  return {
    quantity,
    x: axis,
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
