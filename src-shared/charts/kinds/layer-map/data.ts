import { type HeatCell, type HeatMapData, mapNotes } from '../heat-map/data.ts';
import type { ModuleGroups } from '../../layers/module-groups.ts';
import type { LayerCell, LayerTable } from '../../layers/layer-table.ts';

/**
 * A measure of layers (downwards, in their order) over cells (across): mean, interval and n in each place.
 * @param modulesOf of layers as they follow each other
 */
export function layerMapData(
  { quantity, layers, cells, notes }: LayerTable,
  modulesOf: (layers: readonly string[]) => ModuleGroups | null = () => null,
): HeatMapData {
  // a map counts its rows upwards
  const rows = layers.toReversed();
  const places = cells.flatMap((cell, column) =>
    rows.map((layer, row) => heatCellOfLayer(cell, layer, { column, row })),
  );
  const panels = [{ label: '', cells: places }];
  const modules = modulesOf(rows);
  return {
    quantity,
    x: { title: cells.length > 1 ? 'cell' : '', labels: cells.map(({ label }) => label) },
    y: { title: 'layer', labels: rows, ...(modules && { groups: modules.groups }) },
    panels,
    marginals: null,
    notes: [...mapNotes(quantity, panels), modulesOf(layers)?.note ?? '', ...notes],
  };
}

function heatCellOfLayer(
  { layers }: LayerCell,
  layer: string,
  place: Pick<HeatCell, 'column' | 'row'>,
): HeatCell {
  const measured = layers.get(layer);
  const { n, mean, low, high } = measured?.interval ?? NOTHING;
  return {
    ...{ ...place, seeds: n, cells: measured === undefined ? 0 : 1, mean, low, high },
    state: measured === undefined ? 'no such layer' : n === 0 ? 'not defined' : 'measured',
    leftOut: '',
    runs: measured?.measured.map(({ run }) => run) ?? [],
  };
}

const NOTHING = { n: 0, mean: null, low: null, high: null };
