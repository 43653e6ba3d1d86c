import { type ChartStyle, inksOf, type LegendEntry } from '../../src-shared/charts/chart-style.ts';
import { heading } from '../../src-shared/charts/heading.ts';
import { letterOf, writtenLetter } from '../../src-shared/figures/figure-panels.ts';
import type { FigureStyle } from '../../src-shared/figures/figure-style.ts';
import type { FigureLayout } from '../../src-shared/figures/panel-schema.ts';
import { arrangePanels } from './arrange-panels.ts';
import { dividedNotes } from './caption.ts';
import { commonLegend } from './common-legend.ts';
import { drawSvg, drawSvgWithOverlay } from './draw-svg.ts';
import { paperStyle } from './paper-style.ts';
import type { ChartPanel } from './formats/format.ts';
import { joinSvgs, type SvgPart } from './join-svgs.ts';
import { roundedPoints } from './rounded-points.ts';
import { shareAxes } from './share-axes.ts';
import { chartStyle, type DrawnFigure, withinLimits } from './svg-figure.ts';
import { textStrip, type TextStrip } from './text-below.ts';

/** In font sizes, between two panels. */
const GAP = 1.2;

/** Words below panels, in the figure's font size. */
const WORDS = 0.85;

/**
 * Panels in rows and columns, each with its letter; `aspect` is that of a panel. What their marks are stands below all of them, where
 * there is the whole width: above a narrow panel it would be higher than the plot.
 */
export function drawPanels(
  panels: readonly ChartPanel[],
  style: FigureStyle,
  layout: FigureLayout,
): DrawnFigure {
  const whole = paperStyle(style);
  const columns = Math.min(layout.columns, panels.length);
  const gap = GAP * style.fontSize;
  const width = (whole.width - (columns - 1) * gap) / columns;
  const height = width * style.aspect;
  const legend = layout.commonLegend ? legendOf(panels, { width, height }) : { entries: null, unmet: [] };
  const told: (readonly string[])[] = panels.map(() => []);
  const lone = panels.map(({ chart, style: own }, place) => {
    const text = writtenLetter(place, style);
    const panel: ChartStyle = {
      ...{ ...chartStyle(chart, { ...own, notes: false }), width },
      takeNotes: (notes) => {
        if (notes.length > 0) told[place] = notes;
      },
      ...(text !== '' && { letter: { text, isBold: !text.startsWith('(') } }),
      ...(legend.entries && { takeLegend: () => undefined }),
    };
    const sized = { ...panel, height: chart.height({ ...panel, height }) };
    return {
      ...{ chart, name: letterOf(place), row: Math.floor(place / columns), column: place % columns },
      ...{ style: sized, option: chart.option(sized) },
    };
  });
  const shared = shareAxes(lone, layout.share);
  const styles = arrangePanels(
    lone.map(({ chart, row, column }, place) => ({
      ...{ row, column, style: shared.styles[place] ?? whole },
      ...{ option: chart.option, height: chart.height },
    })),
    { width: whole.width, gap, height },
  );
  const drawn = lone.map(({ chart, row }, place) => {
    const own = styles[place] ?? whole;
    return { ...drawSvgWithOverlay(withinLimits(chart.option(own), own), own), own, row };
  });
  const strip = legend.entries ? legendStrip(legend.entries, whole) : null;
  const isBelow = style.legend === 'bottom';
  let top = strip && !isBelow ? strip.height : 0;
  const parts: SvgPart[] = strip && !isBelow ? [{ svg: strip.svg, left: 0, top: 0 }] : [];
  for (const inRow of Map.groupBy(drawn, ({ row }) => row).values()) {
    let left = 0;
    for (const { svg, own } of inRow) {
      parts.push({ svg, left, top });
      left += own.width + gap;
    }
    top += (inRow[0]?.own.height ?? 0) + gap;
  }
  top -= gap;
  const below = [
    ...(strip && isBelow ? [strip] : []),
    ...(style.notes ? wordsBelow(told, style, whole) : []),
  ];
  for (const { svg, height: own } of below) {
    parts.push({ svg, left: 0, top });
    top += own;
  }
  const size = { width: whole.width, height: roundedPoints(top) };
  return {
    svg: joinSvgs(parts, size, inksOf(whole).background),
    style: { ...whole, ...size },
    unmet: [...new Set([...legend.unmet, ...shared.unmet, ...drawn.flatMap(({ unmet }) => unmet)])],
  };
}

/** What the marks of all panels are once, the rest by panel; nothing where no panel says anything. */
function wordsBelow(
  told: readonly (readonly string[])[],
  style: FigureStyle,
  whole: ChartStyle,
): TextStrip[] {
  const { common, own } = dividedNotes(told);
  const byPanel = own.map((notes, place) =>
    notes.length === 0 ? '' : `${writtenLetter(place, style) || letterOf(place)}: ${notes.join('; ')}`,
  );
  const paragraphs = [common.join('; '), ...byPanel].filter((paragraph) => paragraph !== '');
  if (paragraphs.length === 0) return [];
  return [textStrip(paragraphs, whole, { fontSize: WORDS * style.fontSize, fill: inksOf(whole).faint })];
}

/** The entries of one legend for all; null with the reason where they cannot have one. */
function legendOf(
  panels: readonly ChartPanel[],
  size: { readonly width: number; readonly height: number },
): { readonly entries: readonly LegendEntry[] | null; readonly unmet: readonly string[] } {
  const legends = panels.map(({ chart, style }) => {
    let taken: readonly LegendEntry[] = [];
    chart.option({
      ...{ ...chartStyle(chart, style), ...size },
      takeLegend: (entries) => {
        if (entries.length > 0) taken = entries;
      },
    });
    return taken;
  });
  const found = commonLegend(legends);
  if ('entries' in found) return { entries: found.entries, unmet: [] };
  return {
    entries: null,
    unmet: [`The panels show "${found.differs}" in different ways: each keeps its own legend.`],
  };
}

function legendStrip(
  entries: readonly LegendEntry[],
  whole: ChartStyle,
): { readonly svg: string; readonly height: number } | null {
  if (whole.legend === 'none' || entries.length === 0) return null;
  const { height, elements } = heading({ ...whole, title: '', notes: false, legend: 'top' }, [], entries);
  const size = { width: whole.width, height: roundedPoints(height) };
  return { svg: drawSvg({ animation: false, graphic: { elements } }, size), height: size.height };
}
