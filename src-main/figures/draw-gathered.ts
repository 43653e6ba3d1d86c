import { inksOf } from '../../src-shared/charts/chart-style.ts';
import { textMark } from '../../src-shared/charts/marks.ts';
import { fittingText, wrapText } from '../../src-shared/charts/text-width.ts';
import { roundedAt } from '../../src-shared/numbers.ts';
import { USUAL_LAYOUT } from '../../src-shared/figures/panel-schema.ts';
import { drawPanels } from './draw-panels.ts';
import { drawSvg } from './draw-svg.ts';
import { drawingOf, type GatheredFigure } from './formats/format.ts';
import { joinSvgs } from './join-svgs.ts';
import { type DrawnFigure, drawFigure } from './svg-figure.ts';

/** A figure as SVG: its chart, or all of its panels, and its caption where that stands below it. */
export function drawGathered(figure: GatheredFigure): DrawnFigure {
  const { specification, caption = '' } = figure.provenance;
  const { style, layout = USUAL_LAYOUT } = specification;
  const { panels } = figure;
  const drawn = panels.length > 1 ? drawPanels(panels, style, layout) : drawFigure(drawingOf(figure), style);
  return style.caption === 'below' ? withCaption(drawn, caption) : drawn;
}

/** In font sizes. */
const LINE = 1.3;
const MARGIN = 0.5;

function withCaption({ svg, style, unmet }: DrawnFigure, caption: string): DrawnFigure {
  const { fontSize, fontFamily, width } = style;
  const margin = MARGIN * fontSize;
  const lines = caption.split('\n').flatMap((line) => wrapText(line, fontSize, width - 2 * margin));
  const look = { fontSize, fontFamily, fill: inksOf(style).ink };
  const elements = lines.map((line, place) =>
    textMark(
      fittingText([line], fontSize, width - 2 * margin),
      [margin, margin + (place + 0.5) * LINE * fontSize],
      look,
    ),
  );
  const strip = roundedAt(lines.length * LINE * fontSize + 2 * margin, 2);
  const below = drawSvg({ animation: false, graphic: { elements } }, { width, height: strip });
  const size = { width, height: roundedAt(style.height + strip, 2) };
  const parts = [
    { svg, left: 0, top: 0 },
    { svg: below, left: 0, top: style.height },
  ];
  return { svg: joinSvgs(parts, size, inksOf(style).background), style: { ...style, ...size }, unmet };
}
