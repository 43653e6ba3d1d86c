import type { FigureFormatDescription } from '../../../src-shared/contract/api/figures.ts';
import { type Chart, type ChartNumbers, isDrawn } from '../../../src-shared/charts/chart.ts';
import type { FigureChart } from '../../../src-shared/charts/kinds/registry.ts';
import type { FigureStyle } from '../../../src-shared/figures/figure-style.ts';
import type { ExportedFile } from '../../files/exported-file.ts';
import type { FigureProvenance } from '../provenance.ts';

/** A panel whose data have been gathered. */
export interface ChartPanel {
  readonly letter: string;
  readonly chart: Chart;
  readonly style: FigureStyle;
}

/** A figure of which everything has been gathered. */
export interface GatheredFigure {
  /** Of its chart, or of the first panel. */
  readonly numbers: ChartNumbers;
  /** All panels of a figure that has several, for formats that draw them together; none of others. */
  readonly panels: readonly ChartPanel[];
  readonly provenance: FigureProvenance;
  /** Of its file, without the ending. */
  readonly name: string;
}

export interface FigureFiles {
  readonly file: ExportedFile;
  /** Files that it shows, to lie beside it: a LaTeX document cannot hold an image. */
  readonly pictures: readonly ExportedFile[];
  /** What of its texts the file or its reader cannot show, and what to do; null where all is shown. */
  readonly warning: string | null;
}

/**
 * A format of figures. It is a file of `formats/` and one line in `formats/all.ts`. What draws is loaded when it is
 * wanted: who lists formats loads no ECharts.
 */
export interface FigureFormat extends FigureFormatDescription {
  /** What is gathered instead of the chart itself; absent for the chart. */
  readonly instead?: (chart: FigureChart) => FigureChart;
  /** The file, with the provenance in it where the format has a place. */
  readonly render: (figure: GatheredFigure) => FigureFiles | Promise<FigureFiles>;
  /** Whether panels are in one file; else each has its own. */
  readonly joinsPanels?: true;
}

/** What people are told of a format, without what renders it. */
export function describeFormat(format: FigureFormat): FigureFormatDescription {
  const { name, ending, title, about, draws, isPreview } = format;
  return { name, ending, title, about, draws, ...(isPreview && { isPreview }) };
}

/** The drawing of a figure. @throws Error for a table, which no format that draws is asked for */
export function drawingOf({ numbers }: GatheredFigure): Chart {
  if (isDrawn(numbers)) return numbers;
  throw new Error('a table is not drawn');
}

/** Sentences as one warning; null without any. */
export function warningOf(sentences: readonly (string | null)[]): string | null {
  const said = sentences.filter((sentence) => sentence !== null);
  return said.length === 0 ? null : said.join('\n');
}

/** A file that needs no others. */
export function alone(file: ExportedFile, warning: string | null = null): FigureFiles {
  return { file, pictures: [], warning };
}
