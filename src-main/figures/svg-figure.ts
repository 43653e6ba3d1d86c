import type { Chart } from '../../src-shared/charts/chart.ts';
import { capital } from '../../src-shared/charts/quantity.ts';
import type { ChartOption, ChartStyle } from '../../src-shared/charts/chart-style.ts';
import { panelsOf } from '../../src-shared/figures/figure-panels.ts';
import type { FigureSpecification } from '../../src-shared/figures/figure-specification.ts';
import type { FigureStyle } from '../../src-shared/figures/figure-style.ts';
import { andList } from '../../src-shared/lists.ts';
import { drawSvgWithOverlay } from './draw-svg.ts';
import { paperStyle } from './paper-style.ts';
import { plotBox } from './plot-box.ts';
import { type FigureProvenance, withMetadata } from './provenance.ts';
import { roundedPoints } from './rounded-points.ts';
import { withTextLengths } from './text-lengths.ts';

/** The least height of the plot of a chart with two axes, in font sizes, and rounds of reckoning with what stands above it. */
const LEAST_PLOT = 6;
const ROUNDS = 4;

/** Of charts by their styles: each is asked for before a chart is drawn, and as it is. */
const known = new WeakMap<Chart, WeakMap<FigureStyle, ChartStyle>>();

/**
 * How a chart looks on paper; it may need more height than was asked for: for its rows, or where long notes and legends would leave
 * nothing of its plot.
 */
export function chartStyle(chart: Chart, style: FigureStyle): ChartStyle {
  const before = known.get(chart)?.get(style);
  if (before) return before;
  const paper = paperStyle(style);
  let height = chart.height(paper);
  for (let round = 0; round < ROUNDS; round++) {
    const plot = plotBox(chart.option({ ...paper, height }));
    if (plot === null || plot.height >= LEAST_PLOT * style.fontSize) break;
    height += LEAST_PLOT * style.fontSize - plot.height;
  }
  const own = { ...paper, height: roundedPoints(height) };
  const styles = known.get(chart) ?? new WeakMap<FigureStyle, ChartStyle>();
  known.set(chart, styles.set(style, own));
  return own;
}

export interface DrawnFigure {
  readonly svg: string;
  /** Its size is that of the whole. */
  readonly style: ChartStyle;
  /** What of the style is not in it, in sentences. */
  readonly unmet: readonly string[];
}

/** A chart as SVG in the style of a figure. */
export function drawFigure(chart: Chart, style: FigureStyle): DrawnFigure {
  const own = chartStyle(chart, style);
  return { ...drawSvgWithOverlay(withinLimits(chart.option(own), own), own), style: own };
}

/** Where an axis has limits, nothing is drawn beyond it. */
export function withinLimits(option: ChartOption, { xAxis, yAxis }: ChartStyle): ChartOption {
  if (!xAxis?.limits && !yAxis?.limits) return option;
  const series = [option['series']].flat() as ChartOption[];
  return { ...option, series: series.map((each) => ({ ...each, clip: true })) };
}

/** A figure as SVG, with what it can be regenerated from. */
export function svgFigure(chart: Chart, provenance: FigureProvenance): string {
  return withProvenance(drawFigure(chart, provenance.specification.style).svg, provenance);
}

export function withProvenance(svg: string, provenance: FigureProvenance): string {
  return withMetadata(withTextLengths(svg), figureTitle(provenance.specification), provenance);
}

/** Its own title, or what it is. */
export function figureTitle(figure: FigureSpecification): string {
  const kinds = [...new Set(panelsOf(figure).map(({ chart }) => chart.kind))];
  return figure.style.title === '' ? capital(andList(kinds)) : figure.style.title;
}
