import { USUAL_LAYOUT } from '../../src-shared/figures/panel-schema.ts';
import { drawPanels } from './draw-panels.ts';
import { drawingOf, type GatheredFigure } from './formats/format.ts';
import { type DrawnFigure, drawFigure } from './svg-figure.ts';

/** A figure as SVG: its chart, or all of its panels. */
export function drawGathered(figure: GatheredFigure): DrawnFigure {
  const { style, layout = USUAL_LAYOUT } = figure.provenance.specification;
  const { panels } = figure;
  return panels.length > 1 ? drawPanels(panels, style, layout) : drawFigure(drawingOf(figure), style);
}
