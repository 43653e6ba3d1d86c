import { measureKey } from '../../../analysis/findings.ts';
import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { imagesOfCells } from '../../layers/border-layers.ts';
import { cellModules } from '../../layers/cell-modules.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { layerTable } from '../../layers/layer-table.ts';
import { colourOf } from '../../palette.ts';
import { rangesOf } from '../../plot-frame.ts';
import { planeData } from './data.ts';
import { CAUTION, planeFrame, planeOption } from './drawing.ts';
import { planeAxis } from './pgfplots.ts';
import { planeTable } from './table.ts';

const METHOD = 'mutual-information';

/** @throws Problem `usage` for a setting that does not vary, runs that were not analysed, or too many paths */
export async function gather(
  {
    roles,
    ...settings
  }: { readonly roles: readonly string[] | null; readonly line: string | null; readonly baselines: boolean },
  source: ChartSource,
): Promise<Chart> {
  const { cells, analyses, methods } = source;
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), METHOD);
  const ofMeasure = (name: string) =>
    layerTable(table, found, findMeasure(methods, measureKey(METHOD, name)), roles);
  const tables = { x: ofMeasure('input information'), y: ofMeasure('label information') };
  const modules = cellModules(tables.x, table, await imagesOfCells(table, source));
  const data = planeData(tables, modules, settings);
  return {
    notes: said([CAUTION, ...data.notes]),
    cautions: [`${CAUTION}.`],
    label: 'Mutual information of the layers with the class against that with the input',
    option: (style) => planeOption(data, style),
    height: askedHeight,
    ranges: (style) => rangesOf(planeFrame(data, style), 'both'),
    table: () => planeTable(data),
    pgfplots: (style) => ({
      pictures: [[planeAxis(data, style)]],
      colours: data.colours.map((colour, part) => colourOf(colour, style, data.parts[part])),
    }),
  };
}
