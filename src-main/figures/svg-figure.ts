import { type Chart, chartHeight, chartOption } from '../../src-shared/charts/chart.ts';
import { capital } from '../../src-shared/charts/quantity.ts';
import type { ChartStyle } from '../../src-shared/charts/chart-style.ts';
import type { FigureSpecification, FigureStyle } from '../../src-shared/figures/figure-specification.ts';
import { kindlingVersion } from '../kindling-version.ts';
import { drawSvg } from './draw-svg.ts';
import { paperStyle } from './paper-style.ts';
import { type FigureProvenance, withMetadata } from './provenance.ts';

/** How a chart looks on paper; it may need more height than was asked for. */
export function chartStyle(chart: Chart, style: FigureStyle): ChartStyle {
  const paper = paperStyle(style);
  return { ...paper, height: Number(chartHeight(chart, paper).toFixed(2)) };
}

/** A figure as SVG, with what it can be regenerated from. */
export function svgFigure(chart: Chart, provenance: FigureProvenance): string {
  const { specification } = provenance;
  const style = chartStyle(chart, specification.style);
  const svg = drawSvg(chartOption(chart, style), style);
  return withMetadata(svg, figureTitle(specification), provenance);
}

/** @param runs ids of those that the figure shows */
export function provenanceOf(
  specification: FigureSpecification,
  runs: readonly string[],
  notes: readonly string[],
): FigureProvenance {
  return { program: 'Kindling', version: kindlingVersion(), specification, runs, notes };
}

/** Its own title, or what it is. */
export function figureTitle({ style, chart }: FigureSpecification): string {
  return style.title === '' ? capital(chart.kind) : style.title;
}
