import type { Analysis, MethodDescription } from '../../analysis/analysis-result.ts';
import { assertNever } from '../../assert-never.ts';
import type { LayerChart } from '../../figures/figure-specification.ts';
import type { CellTable } from '../cells/measured-cell.ts';
import type { Chart } from '../chart.ts';
import { COMPRESSION_METHOD, compressionData } from '../compression/data.ts';
import { depthData } from './depth-data.ts';
import { findMeasure, methodOf } from './layer-measure.ts';
import { layerMapData } from './layer-map-data.ts';
import { layerPairsData } from './layer-pairs-data.ts';
import { layerTable } from './layer-table.ts';
import { TAP_METHOD, tapTilesData } from './tap-tiles-data.ts';

/** The methods that a chart is drawn from. */
export function methodsOf(chart: LayerChart): string[] {
  switch (chart.kind) {
    case 'depth':
    case 'layer map':
    case 'layer pairs':
      return [methodOf(chart.measure)];
    case 'taps':
      return [TAP_METHOD];
    case 'compression':
      return [COMPRESSION_METHOD];
    default:
      return assertNever(chart);
  }
}

/**
 * Gathers a chart of what layers do.
 *
 * @param table the cells of the runs; which metric it is of does not matter. Settings are given by their paths.
 * @param analyses what is known of the runs, at least by the methods of the chart.
 * @throws Problem `usage` for a measure that there is not, a setting that does not vary, or runs that were not analysed.
 */
export function layerChart(
  chart: LayerChart,
  table: CellTable,
  analyses: readonly Analysis[],
  methods: readonly MethodDescription[],
): Chart {
  switch (chart.kind) {
    case 'depth': {
      const layers = layerTable(table, analyses, findMeasure(methods, chart.measure), chart.roles);
      return { kind: 'factor', data: depthData(layers, chart, borderLayers(analyses)) };
    }
    case 'layer map': {
      const layers = layerTable(table, analyses, findMeasure(methods, chart.measure), chart.roles);
      return { kind: 'heat map', data: layerMapData(layers) };
    }
    case 'layer pairs': {
      const measure = findMeasure(methods, chart.measure);
      return { kind: 'heat map', data: layerPairsData(table, analyses, measure, chart.roles) };
    }
    case 'taps':
      return { kind: 'heat map', data: tapTilesData(table, analyses, methods) };
    case 'compression':
      return { kind: 'compression', data: compressionData(table, analyses, methods) };
    default:
      return assertNever(chart);
  }
}

/** The layers from which on the receptive field exceeds the image, as the method for spatial features tells. */
function borderLayers(analyses: readonly Analysis[]): string[] {
  const found = analyses.flatMap(({ results }) =>
    results.filter(({ measure }) => measure === 'sees the whole image').map(({ layer }) => layer ?? ''),
  );
  return [...new Set(found)];
}
