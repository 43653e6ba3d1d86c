import type { Analysis, MethodDescription } from '../../../analysis/analysis-result.ts';
import { measureKey } from '../../../analysis/findings.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { cellsText } from '../../cells/count-text.ts';
import type { CellTable } from '../../cells/measured-cell.ts';
import { factorPoint } from '../factor/points.ts';
import { type HeatCell, type HeatMapData, mapNotes } from '../heat-map/data.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { layerTable } from '../../layers/layer-table.ts';
import { sameCells, sameCellsNotes } from '../../layers/same-cells.ts';

export const TAP_METHOD = 'tap-shares';
/** Upwards, as a map counts its rows; each from left to right. */
const TAPS = [
  ['bottom-left', 'bottom', 'bottom-right'],
  ['left', 'centre', 'right'],
  ['top-left', 'top', 'top-right'],
] as const;
const MOST_PANELS = 16;

/**
 * Where in their window the 3x3 filters of each layer have their energy: a tile of nine for each layer, the mean over
 * the same cells in each tile, those that have all the layers' roles, seeds as blocks.
 *
 * @throws Problem `usage` where nothing is known of these runs, or for more layers than can be read.
 */
export function tapTilesData(
  table: CellTable,
  analyses: readonly Analysis[],
  methods: readonly MethodDescription[],
): HeatMapData {
  const tables = TAPS.map((row) =>
    row.map((tap) => layerTable(table, analyses, findMeasure(methods, measureKey(TAP_METHOD, tap)), null)),
  );
  const [first] = tables[0] ?? [];
  if (first === undefined) throw new Error('there are no taps');
  const { quantity, notes, varying } = first;
  const roles = [...new Set([...first.roleOf.values()].filter((role) => role !== null))];
  const same = sameCells(first.cells, first, roles);
  const shown = new Set(same.cells.map(({ id }) => id));
  const { layers } = same;
  if (layers.length > MOST_PANELS) {
    throw new Problem(
      'usage',
      `${layers.length} layers are too many tiles to read (at most ${MOST_PANELS}).`,
    );
  }
  const about = { others: [], range: quantity.range };
  const panels = layers.map((layer) => ({
    label: layer,
    cells: tables.flatMap((row, rowPlace) =>
      row.map((tap, column): HeatCell => {
        const members = tap.cells.flatMap((cell) =>
          shown.has(cell.id) ? (cell.layers.get(layer) ?? []) : [],
        );
        const { runs, seeds, cells, ...point } = factorPoint(members, { at: column, label: '' }, about);
        const { mean, low, high } = point;
        return {
          ...{ column, row: rowPlace, mean, low, high, seeds, cells, leftOut: '' },
          state: mean === null ? 'not defined' : 'measured',
          runs: runs.map(({ run }) => run),
        };
      }),
    ),
  }));
  const over = cellsText(same.cells, varying);
  return {
    quantity: { ...quantity, title: 'Energy of a tap', short: 'Energy', axis: 'share of the energy (%)' },
    x: { title: 'tap', labels: ['left', 'centre', 'right'], isSilent: true },
    y: { title: 'tap', labels: ['bottom', 'middle', 'top'], isSilent: true },
    panels,
    marginals: null,
    notes: [
      ...mapNotes(quantity, panels),
      same.cells.length > 1 && over !== '' ? `means over ${over}` : '',
      '11.1\u00a0% is uniform',
      ...sameCellsNotes(first, [same]),
      ...notes,
    ],
  };
}
