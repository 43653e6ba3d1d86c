import type { FigureChart } from '../../../src-shared/figures/figure-specification.ts';

export type ChartKind = FigureChart['kind'];

/** The charts of a figure by what people call them. */
export const CHART_KINDS: readonly { readonly kind: ChartKind; readonly title: string }[] = [
  { kind: 'heat map', title: 'Two factors (heat map)' },
  { kind: 'factor', title: 'One factor' },
  { kind: 'cost', title: 'Against cost' },
  { kind: 'curves', title: 'Curves' },
  { kind: 'differences', title: 'Differences' },
  { kind: 'parallel', title: 'Settings, costs and results' },
  { kind: 'confusion', title: 'Confusion' },
  { kind: 'depth', title: 'Layers along depth' },
  { kind: 'layer map', title: 'Layers of each cell (heat map)' },
  { kind: 'layer pairs', title: 'Similarity of layers' },
  { kind: 'taps', title: 'Taps of 3x3 filters' },
  { kind: 'compression', title: 'Deep Compression' },
  { kind: 'landscape', title: 'Loss landscape' },
  { kind: 'channels', title: 'Channels of a layer' },
  { kind: 'table', title: 'Table of cells' },
  { kind: 'anova', title: 'Analysis of variance' },
];

export function chartTitle(kind: ChartKind): string {
  return CHART_KINDS.find((choice) => choice.kind === kind)?.title ?? kind;
}
