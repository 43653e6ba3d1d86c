import type { ChartSource } from '../chart-source.ts';
import { type CellTable, countedRuns } from '../cells/measured-cell.ts';
import { findMeasure } from './layer-measure.ts';
import { layerTable, type LayerTable } from './layer-table.ts';

/** What is asked of the layers of runs: a measure, in the layers of some roles or, with null, of all. */
export interface AskedLayers {
  readonly measure: string;
  readonly roles: readonly string[] | null;
}

/**
 * A measure in the layers of a source's runs, with their cells.
 * @throws Problem `usage` for an unknown measure, or runs that were not analysed
 */
export async function measuredLayers(
  { measure, roles }: AskedLayers,
  { cells, analyses, methods }: ChartSource,
): Promise<{ readonly layers: LayerTable; readonly table: CellTable }> {
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), measure);
  return { layers: layerTable(table, found, findMeasure(methods, measure), roles), table };
}
