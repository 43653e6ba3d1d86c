import { assertNever } from '../assert-never.ts';
import type { ChartOption, ChartStyle } from './chart-style.ts';
import type { ChartTable } from './chart-table.ts';
import type { ChannelsData } from './channels/data.ts';
import { channelsOption } from './channels/option.ts';
import { channelsTable } from './channels/table.ts';
import type { CompressionData } from './compression/data.ts';
import { compressionOption } from './compression/option.ts';
import { compressionTable } from './compression/table.ts';
import type { ConfusionData } from './confusion/data.ts';
import { layConfusion } from './confusion/layout.ts';
import { confusionOption } from './confusion/option.ts';
import { confusionTable } from './confusion/table.ts';
import type { CostData } from './cost/data.ts';
import { type CostLook, costOption } from './cost/option.ts';
import { costTable } from './cost/table.ts';
import type { CurvesData } from './curves/data.ts';
import { type CurvesLook, curvesOption } from './curves/option.ts';
import { curvesTable } from './curves/table.ts';
import type { DifferencesData } from './differences/data.ts';
import { differencesOption } from './differences/option.ts';
import { differencesTable } from './differences/table.ts';
import type { FactorData } from './factor/data.ts';
import { dotsNote } from './factor/dots.ts';
import { factorOption } from './factor/option.ts';
import { factorTable } from './factor/table.ts';
import type { HeatMapData } from './heat-map/data.ts';
import { heatMapOption } from './heat-map/option.ts';
import { heatMapTable } from './heat-map/table.ts';
import type { ParallelData } from './parallel/data.ts';
import { parallelOption } from './parallel/option.ts';
import { parallelTable } from './parallel/table.ts';

/** A chart whose data have been gathered. */
export type Chart =
  | { readonly kind: 'curves'; readonly data: CurvesData; readonly look: CurvesLook }
  | { readonly kind: 'heat map'; readonly data: HeatMapData }
  | { readonly kind: 'factor'; readonly data: FactorData }
  | { readonly kind: 'cost'; readonly data: CostData; readonly look: CostLook }
  | { readonly kind: 'parallel'; readonly data: ParallelData }
  | { readonly kind: 'differences'; readonly data: DifferencesData }
  | { readonly kind: 'confusion'; readonly data: ConfusionData }
  | { readonly kind: 'compression'; readonly data: CompressionData }
  | { readonly kind: 'channels'; readonly data: ChannelsData };

/** The ECharts option that draws the chart, on the page as in a paper. */
export function chartOption(chart: Chart, style: ChartStyle): ChartOption {
  switch (chart.kind) {
    case 'curves':
      return curvesOption(chart.data, style, chart.look);
    case 'heat map':
      return heatMapOption(chart.data, style);
    case 'factor':
      return factorOption(chart.data, style);
    case 'cost':
      return costOption(chart.data, style, chart.look);
    case 'parallel':
      return parallelOption(chart.data, style);
    case 'differences':
      return differencesOption(chart.data, style);
    case 'confusion':
      return confusionOption(chart.data, style);
    case 'compression':
      return compressionOption(chart.data, style);
    case 'channels':
      return channelsOption(chart.data, style);
    default:
      return assertNever(chart);
  }
}

/**
 * How high the chart is: as the style says, or more, where it could not be read otherwise. It is to be drawn in a style of
 * this height.
 */
export function chartHeight(chart: Chart, style: ChartStyle): number {
  if (chart.kind !== 'confusion') return style.height;
  return Math.max(style.height, layConfusion(chart.data, style).height);
}

/** What the chart says besides its marks: above all which runs are left out, and why. */
export function chartNotes(chart: Chart): readonly string[] {
  const notes = 'notes' in chart.data ? chart.data.notes : [];
  const sample = chart.kind === 'factor' ? [dotsNote(chart.data)] : [];
  return [...notes, ...sample].filter((note) => note !== '');
}

/** Every number that the chart shows. */
export function chartTable(chart: Chart): ChartTable {
  switch (chart.kind) {
    case 'curves':
      return curvesTable(chart.data);
    case 'heat map':
      return heatMapTable(chart.data);
    case 'factor':
      return factorTable(chart.data);
    case 'cost':
      return costTable(chart.data);
    case 'parallel':
      return parallelTable(chart.data);
    case 'differences':
      return differencesTable(chart.data);
    case 'confusion':
      return confusionTable(chart.data);
    case 'compression':
      return compressionTable(chart.data);
    case 'channels':
      return channelsTable(chart.data);
    default:
      return assertNever(chart);
  }
}
