import { type ChartOption, type ChartStyle, inksOf, type LegendMark } from './chart-style.ts';
import { groupMark, lineMark, symbolMark } from './marks.ts';
import type { Look, SymbolName } from './palette.ts';

/** A line of this look, with its symbol or without. */
export function lineSample(style: ChartStyle, look: Look, withSymbol: boolean): LegendMark {
  const { fontSize } = style;
  return {
    width: 2 * fontSize,
    draw: ([x, y]) =>
      groupMark([
        lineMark([x - fontSize, y], [x + fontSize, y], strokeOf(style, look)),
        withSymbol ? symbolMark(look.symbol, [x, y], 0.3 * fontSize, fillOf(style, look.colour)) : null,
      ]),
  };
}

export function symbolSample(style: ChartStyle, symbol: SymbolName, fill: string): LegendMark {
  const { fontSize } = style;
  return {
    width: 0.8 * fontSize,
    draw: (middle) => symbolMark(symbol, middle, 0.34 * fontSize, fillOf(style, fill)),
  };
}

/** A mark's fill with a thin edge, so that light colours show on white and dark ones on black. */
export function fillOf(style: ChartStyle, fill: string): ChartOption {
  return { fill, stroke: inksOf(style).ink, lineWidth: style.lineWidth / 3 };
}

/** Stroke of a line of this look; dashes are as long as the line is thick. */
export function strokeOf({ lineWidth }: ChartStyle, { colour, dash }: Look): ChartOption {
  return {
    stroke: colour,
    lineWidth,
    ...(dash.length > 0 && { lineDash: dash.map((part) => part * lineWidth) }),
  };
}
