import type { ChartOption, ChartStyle } from './chart-style.ts';
import type { ChartTable } from './chart-table.ts';
import type { PgfFigure } from './latex/pgf-document.ts';

/** The numbers that have been gathered for a kind of chart. */
export interface ChartNumbers {
  /** What is to be said besides: above all which runs are left out, and why. */
  readonly notes: readonly string[];
  /** Every number that is shown. */
  readonly table: () => ChartTable;
  /** A table for the LaTeX package booktabs; absent where there is none. */
  readonly booktabs?: () => string;
}

/** A chart whose data have been gathered: drawn, and as numbers. */
export interface Chart extends ChartNumbers {
  /** The ECharts option that draws it, on the page as in a paper. */
  readonly option: (style: ChartStyle) => ChartOption;
  /** How high it is: as the style says, or more, where it could not be read otherwise. It is drawn in a style of this height. */
  readonly height: (style: ChartStyle) => number;
  /** How high it should be on a page, in pixels; absent where it has no needs. */
  readonly pageHeight?: number;
  /** @param name of its file, without the ending: pictures beside it are called after it. */
  readonly pgfplots: (style: ChartStyle, name: string) => PgfFigure;
}

export function isDrawn(numbers: ChartNumbers): numbers is Chart {
  return 'option' in numbers;
}

/** For a chart that is as high as it is asked to be. */
export function askedHeight({ height }: ChartStyle): number {
  return height;
}

/** Notes without those that have nothing to say. */
export function said(notes: readonly string[]): string[] {
  return notes.filter((note) => note !== '');
}
