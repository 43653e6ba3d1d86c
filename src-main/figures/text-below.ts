import type { ChartStyle } from '../../src-shared/charts/chart-style.ts';
import { textMark } from '../../src-shared/charts/marks.ts';
import { fittingText, wrapText } from '../../src-shared/charts/text-width.ts';
import { drawSvg } from './draw-svg.ts';
import { roundedPoints } from './rounded-points.ts';

/** In font sizes. */
const LINE = 1.3;
const MARGIN = 0.5;

/** What stands below a figure. */
export interface TextStrip {
  readonly svg: string;
  readonly height: number;
}

/** Paragraphs over the whole width of a figure. @param fontSize in points */
export function textStrip(
  paragraphs: readonly string[],
  { width, fontFamily }: Pick<ChartStyle, 'width' | 'fontFamily'>,
  { fontSize, fill }: { readonly fontSize: number; readonly fill: string },
): TextStrip {
  const margin = MARGIN * fontSize;
  const room = width - 2 * margin;
  const lines = paragraphs.flatMap((paragraph) => wrapText(paragraph, fontSize, room));
  const elements = lines.map((line, place) =>
    textMark(fittingText([line], fontSize, room), [margin, margin + (place + 0.5) * LINE * fontSize], {
      ...{ fontSize, fontFamily, fill },
    }),
  );
  const height = roundedPoints(lines.length * LINE * fontSize + 2 * margin);
  return { svg: drawSvg({ animation: false, graphic: { elements } }, { width, height }), height };
}
