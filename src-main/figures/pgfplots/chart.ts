import { type Chart, chartNotes } from '../../../src-shared/charts/chart.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { cividis, colourOf } from '../../../src-shared/charts/palette.ts';
import type { ExportedFile } from '../../exports/exported-file.ts';
import { channelsAxis } from './channels.ts';
import { compressionAxis } from './compression.ts';
import { confusionAxes } from './confusion.ts';
import { costAxis } from './cost.ts';
import { curveColours, curvesAxis } from './curves.ts';
import { differencesAxis } from './differences.ts';
import { type PgfAxis, pgfDocument } from './document.ts';
import { factorAxis } from './factor.ts';
import { heatMapAxes } from './heat-map.ts';
import { parallelAxis } from './parallel.ts';

export interface PgfFigure {
  readonly tex: string;
  /** Files that the document shows, to lie beside it. */
  readonly pictures: readonly ExportedFile[];
}

/**
 * A chart as a LaTeX document that draws it with pgfplots, all its numbers in it.
 *
 * @param name of its file, without the ending.
 */
export function pgfplotsChart(chart: Chart, style: ChartStyle, name: string): PgfFigure {
  const frame = { colours: coloursOf(chart), notes: chartNotes(chart) };
  if (chart.kind === 'confusion') {
    const { axes, pictures } = confusionAxes(chart.data, style, name);
    return { tex: pgfDocument([axes], style, frame), pictures };
  }
  const axes = axesOf(chart, style).map((axis) => [axis]);
  return { tex: pgfDocument(axes, style, { ...frame, across: 2 }), pictures: [] };
}

function axesOf(chart: Exclude<Chart, { readonly kind: 'confusion' }>, style: ChartStyle): PgfAxis[] {
  switch (chart.kind) {
    case 'curves':
      return [curvesAxis(chart.data, chart.look, style)];
    case 'heat map':
      return heatMapAxes(chart.data, style);
    case 'factor':
      return [factorAxis(chart.data, style)];
    case 'cost':
      return [costAxis(chart.data, chart.look, style)];
    case 'parallel':
      return [parallelAxis(chart.data, style)];
    case 'differences':
      return [differencesAxis(chart.data, style)];
    case 'compression':
      return [compressionAxis(chart.data, style)];
    case 'channels':
      return [channelsAxis(chart.data, style)];
  }
}

/** Those of the lines by their place, or of the values that colours stand for; on the map's scale if these are numbers. */
function coloursOf(chart: Chart): string[] {
  if (chart.kind === 'curves') return curveColours(chart.data);
  if (chart.kind === 'cost') {
    const { ordered, labels } = chart.data.colours ?? { ordered: false, labels: [''] };
    const share = (place: number): number => (labels.length < 2 ? 0.2 : place / (labels.length - 1));
    return labels.map((_, place) => (ordered ? cividis(share(place)) : colourOf(place)));
  }
  return Array.from({ length: linesOf(chart) }, (_, place) => colourOf(place));
}

function linesOf(chart: Chart): number {
  if (chart.kind === 'factor') return chart.data.lines.length;
  return chart.kind === 'compression' ? chart.data.cells.length : 1;
}
