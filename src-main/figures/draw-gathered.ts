import { inksOf } from '../../src-shared/charts/chart-style.ts';
import { USUAL_LAYOUT } from '../../src-shared/figures/panel-schema.ts';
import { drawPanels } from './draw-panels.ts';
import { drawingOf, type GatheredFigure } from './formats/format.ts';
import { joinSvgs } from './join-svgs.ts';
import { roundedPoints } from './rounded-points.ts';
import { type DrawnFigure, drawFigure } from './svg-figure.ts';
import { textStrip } from './text-below.ts';

/** A figure as SVG: its chart, or all of its panels, and its caption where that stands below it. */
export function drawGathered(figure: GatheredFigure): DrawnFigure {
  const { specification, caption = '' } = figure.provenance;
  const { style, layout = USUAL_LAYOUT } = specification;
  const { panels } = figure;
  const drawn = panels.length > 1 ? drawPanels(panels, style, layout) : drawFigure(drawingOf(figure), style);
  return style.caption === 'below' ? withCaption(drawn, caption) : drawn;
}

function withCaption({ svg, style, unmet }: DrawnFigure, caption: string): DrawnFigure {
  const { fontSize, width } = style;
  const strip = textStrip(caption.split('\n'), style, { fontSize, fill: inksOf(style).ink });
  const size = { width, height: roundedPoints(style.height + strip.height) };
  const parts = [
    { svg, left: 0, top: 0 },
    { svg: strip.svg, left: 0, top: style.height },
  ];
  return { svg: joinSvgs(parts, size, inksOf(style).background), style: { ...style, ...size }, unmet };
}
