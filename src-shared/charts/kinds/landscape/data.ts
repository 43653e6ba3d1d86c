import { roundedAt } from '../../../numbers.ts';
import type {
  Analysis,
  AnalysisResult,
  MeasureDescription,
  MethodDescription,
} from '../../../analysis/analysis-result.ts';
import { measureKey } from '../../../analysis/findings.ts';
import type { CellTable } from '../../cells/measured-cell.ts';
import type { FactorData } from '../factor/data.ts';
import { signed } from '../../quantity.ts';
import { depthData, type DepthSettings } from '../depth/data.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { layerTable } from '../../layers/layer-table.ts';

export const LANDSCAPE_METHOD = 'loss-landscape';
/** The array that the method leaves: the losses on the plane. */
export const LANDSCAPE_FILE = 'network-losses.csv';

/** A place on a direction stands where in other charts a layer does. */
const ALONG: MeasureDescription = {
  name: 'loss',
  title: 'Loss around the trained weights',
  kind: 'number',
  axis: 'log10 of the loss',
};

/**
 * The loss along the directions of the plane, by the distance from the network: a line for each value of a setting or
 * for each cell, means over the seeds; the directions are scaled to the filters of each.
 *
 * @param planes of each run the text of its array, as the method wrote it.
 * @throws Problem `usage` where nothing is known of these runs, or for a setting that does not vary.
 */
export function landscapeData(
  table: CellTable,
  analyses: readonly Analysis[],
  methods: readonly MethodDescription[],
  { planes, ...settings }: Omit<DepthSettings, 'x'> & { readonly planes: (analysis: Analysis) => string },
): FactorData {
  const { method } = findMeasure(methods, measureKey(LANDSCAPE_METHOD, 'loss'));
  const placed = analyses
    .filter((analysis) => analysis.method === LANDSCAPE_METHOD)
    .map((analysis) => ({ ...analysis, results: alongDirections(planes(analysis), analysis) }));
  const places = layerTable(table, placed, { method, measure: ALONG }, null);
  const data = depthData(places, { ...settings, x: null });
  return { ...data, x: { ...data.x, title: 'distance from the trained weights, relative to filter norms' } };
}

/** Of each distance the mean over both directions of the logarithm: losses far from the weights are huge. */
function alongDirections(text: string, { method, settings }: Analysis): AnalysisResult[] {
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const distances = [...new Set(rows.map(([first = NaN]) => first))];
  return distances.map((distance): AnalysisResult => {
    const own = rows.filter(
      ([first, second]) => (first === distance && second === 0) || (first === 0 && second === distance),
    );
    const mean = (column: number): number | null => {
      const sum = own.reduce((total, row) => total + Math.log10(row[column] ?? NaN), 0);
      return own.length > 0 && Number.isFinite(sum) ? sum / own.length : null;
    };
    return {
      ...{
        method,
        measure: 'loss',
        layer: signed(String(roundedAt(distance, 2))),
        role: null,
        channel: null,
      },
      ...{ value: mean(2), interval: null, baselines: { untrained: mean(3) }, settings },
    };
  });
}
