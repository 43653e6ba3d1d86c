import type { Analysis, MethodDescription } from '../../analysis/analysis-result.ts';
import { assertNever } from '../../assert-never.ts';
import type { LayerChart } from '../../figures/figure-specification.ts';
import type { CellTable } from '../cells/measured-cell.ts';
import type { Chart } from '../chart.ts';
import { channelsOfRun } from '../channels/data.ts';
import { COMPRESSION_METHOD, compressionData } from '../compression/data.ts';
import { borderLayers, type ImagesOf } from './border-layers.ts';
import { depthData } from './depth-data.ts';
import { findDrawn } from './layer-measure.ts';
import { LANDSCAPE_METHOD } from './landscape-data.ts';
import { layerMapData } from './layer-map-data.ts';
import { layerPairsData } from './layer-pairs-data.ts';
import { layerTable } from './layer-table.ts';
import { TAP_METHOD, tapTilesData } from './tap-tiles-data.ts';

/** A chart of layers that is drawn from numbers alone; that of the landscape needs a file. */
export type NumberChart = Exclude<LayerChart, { readonly kind: 'landscape' }>;

/** What a chart is drawn from: the findings of a method, or one measure of them. */
export function findingsOf(chart: LayerChart): string {
  switch (chart.kind) {
    case 'depth':
    case 'layer map':
    case 'layer pairs':
    case 'channels':
      return chart.measure;
    case 'taps':
      return TAP_METHOD;
    case 'compression':
      return COMPRESSION_METHOD;
    case 'landscape':
      return LANDSCAPE_METHOD;
    default:
      return assertNever(chart);
  }
}

/** What a chart of layers is drawn from. */
export interface LayerFindings {
  /** The cells of the runs; which metric it is of does not matter. */
  readonly table: CellTable;
  /** What is known of the runs, at least `findingsOf` the chart. */
  readonly analyses: readonly Analysis[];
  /** Those that there are. */
  readonly methods: readonly MethodDescription[];
  readonly imagesOf: ImagesOf;
}

/**
 * Gathers a chart of what layers do. Settings are given by their paths.
 *
 * @throws Problem `usage` for a measure that there is not, a setting that does not vary, or runs that were not analysed.
 */
export function layerChart(chart: NumberChart, { table, analyses, methods, imagesOf }: LayerFindings): Chart {
  switch (chart.kind) {
    case 'depth': {
      const layers = layerTable(table, analyses, findDrawn(methods, chart), chart.roles);
      const bordersOf = (shown: readonly string[]): string[] =>
        borderLayers({ ...layers, layers: shown }, table, imagesOf);
      return { kind: 'factor', data: depthData(layers, chart, bordersOf) };
    }
    case 'layer map': {
      const layers = layerTable(table, analyses, findDrawn(methods, chart), chart.roles);
      return { kind: 'heat map', data: layerMapData(layers) };
    }
    case 'layer pairs': {
      const measure = findDrawn(methods, chart);
      return { kind: 'heat map', data: layerPairsData(table, analyses, measure, chart.roles) };
    }
    case 'channels': {
      const measure = findDrawn(methods, chart);
      return { kind: chart.kind, data: channelsOfRun(table, analyses, measure, chart.layer) };
    }
    case 'taps':
      return { kind: 'heat map', data: tapTilesData(table, analyses, methods) };
    case 'compression':
      return { kind: 'compression', data: compressionData(table, analyses, methods) };
    default:
      return assertNever(chart);
  }
}
