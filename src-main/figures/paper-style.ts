import type { AxisChoice, ChartStyle } from '../../src-shared/charts/chart-style.ts';
import { namesOfWords } from '../../src-shared/charts/given-names.ts';
import type { FigureStyle } from '../../src-shared/figures/figure-style.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { pointsOf } from './draw-svg.ts';
import { FIGURE_FONTS } from './font-files.ts';
import { roundedPoints } from './rounded-points.ts';

/** Millimetres. */
const WIDTHS = { 'one column': 84, 'two columns': 174, slide: 254 } as const;

/** A figure's style as charts take it: lengths in points, on white. @throws Problem `usage` for `custom` without a width */
export function paperStyle(style: FigureStyle): ChartStyle {
  const width = roundedPoints(pointsOf(millimetresOf(style)));
  return {
    theme: 'light',
    width,
    height: roundedPoints(width * style.aspect),
    fontFamily: FIGURE_FONTS[style.font].stack,
    fontSize: style.fontSize,
    lineWidth: style.fontSize / 8,
    interactive: false,
    title: style.title,
    notes: style.notes,
    ...{ xRange: style.xRange, yRange: style.yRange },
    ...{ xAxis: axisOf(style, 'x'), yAxis: axisOf(style, 'y') },
    ...{ legend: style.legend, palette: style.palette, map: style.map, colours: style.colours },
    ...{ names: namesOfWords(style.names), lines: style.lines, annotations: style.annotations },
  };
}

function axisOf(style: FigureStyle, side: 'x' | 'y'): AxisChoice {
  return {
    ...{ title: style[`${side}Title`], scale: style[`${side}Scale`], limits: style[`${side}Limits`] },
    isReversed: style[`${side}Reversed`],
    beside: style.lines
      .filter(({ axis }) => axis === side)
      .map(({ at }) => Number(at))
      .filter((at) => !Number.isNaN(at)),
  };
}

/** How wide it is on paper. @throws Problem as `paperStyle` does */
export function millimetresOf({ width, widthMillimetres }: FigureStyle): number {
  if (width !== 'custom') return WIDTHS[width];
  if (widthMillimetres !== undefined) return widthMillimetres;
  throw new Problem('usage', 'The width `custom` needs widthMillimetres, from 30 to 500.');
}
