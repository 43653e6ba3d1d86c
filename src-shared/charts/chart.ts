import type { AxisRanges, ChartOption, ChartStyle } from './chart-style.ts';
import type { ChartTable, ReadingTable } from './chart-table.ts';
import type { PgfFigure } from './latex/pgf-document.ts';

/** The numbers that have been gathered for a kind of chart. */
export interface ChartNumbers {
  /** What is to be said besides: above all which runs are left out, and why. */
  readonly notes: readonly string[];
  /** Every number that is shown. */
  readonly table: () => ChartTable;
  /** The same as people read it; absent where this is the table, rounded. */
  readonly reading?: () => ReadingTable;
  /** Further tables beside that, each with its caption. */
  readonly more?: () => readonly ReadingTable[];
  /** A table for the LaTeX package booktabs; absent where there is none. */
  readonly booktabs?: () => string;
}

/** A chart whose data have been gathered: drawn, and as numbers. */
export interface Chart extends ChartNumbers {
  /** What it shows, in one sentence; absent where the title of its kind says that. */
  readonly label?: string;
  /** The ECharts option that draws it, on the page as in a paper. */
  readonly option: (style: ChartStyle) => ChartOption;
  /** How high it is: as the style says, or more, where it could not be read otherwise. It is drawn in a style of this height. */
  readonly height: (style: ChartStyle) => number;
  /** What its axes of numbers show, so that others beside it can show the same; absent where it has no such axes. */
  readonly ranges?: (style: ChartStyle) => AxisRanges;
  /** How high it should be on a page, in pixels; absent where it has no needs. */
  readonly pageHeight?: number;
  /** @param name of its file, without the ending: pictures beside it are called after it. */
  readonly pgfplots: (style: ChartStyle, name: string) => PgfFigure;
  /** What a reader must know before believing the numbers, in sentences. */
  readonly cautions?: readonly string[];
  /** What is still being worked out; the source then is another one, and the chart is gathered again. */
  readonly awaited?: string;
  readonly pages?: ChartPages;
}

/** Marks in rows, which may be more than can be read at once: so many of them at a time. */
export interface ChartPages {
  /** What stands in the rows, e.g. `cells`, and how many. */
  readonly what: string;
  readonly rows: number;
  readonly size: number;
  /** In which order, and what holds for all of them. */
  readonly about: string;
  /** The chart with the rows of one page drawn, the first one being 0. Its notes are words of the page: they are not drawn. */
  readonly page: (place: number) => Chart;
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
