import type { Chart } from '../../src-shared/charts/chart.ts';
import type { Blocks } from '../../src-shared/markdown/markdown.ts';
import type { ChartTable } from '../../src-shared/charts/chart-table.ts';
import type { PackedCopy } from '../copies/packed-copy.ts';
import type { FigureProvenance } from '../figures/provenance.ts';

/** What a study asked, did and found, for readers without Kindling. A format writes it as a file. */
export interface Report {
  /** The name of the study. */
  readonly title: string;
  /** One sentence: what this is, by which program, and when. */
  readonly about: string;
  readonly sections: readonly Section[];
  /** The study itself, for a format that holds it; null where it does not or where it is too large. */
  readonly copy: ReportCopy | null;
}

/** The study as the report holds it, and what is said of that. */
export interface ReportCopy {
  readonly packed: PackedCopy;
  /** Runs that are in it. */
  readonly runs: number;
  /** Those that are not, since they have not ended. */
  readonly unended: number;
}

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A part of a section. Texts are plain: a format escapes them. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly table: ReportTable }
  | { readonly kind: 'figure'; readonly figure: ReportFigure }
  | { readonly kind: 'markdown'; readonly blocks: Blocks };

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** A table as it is read: rounded, with its units. */
export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly string[])[];
  /** What is to be said below it, in sentences: above all which rows are left out. */
  readonly notes: readonly string[];
}

export interface ReportColumn {
  readonly title: string;
  /** Of numbers, which stand at the right. */
  readonly isNumber: boolean;
}

export interface ReportFigure {
  /** Of its files, without the ending; no other figure of the report has it. */
  readonly name: string;
  readonly title: string;
  readonly chart: Chart;
  /** Height over width. */
  readonly aspect: number;
  readonly provenance: FigureProvenance;
  /** Draws it again. */
  readonly command: string;
  /** Its numbers with all their digits. */
  readonly data: ChartTable;
  /** The same as they are read; null where a table beside the figure has them. */
  readonly table: ReportTable | null;
}

/** In the order in which they stand. */
export function figuresOf({ sections }: Report): ReportFigure[] {
  return sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : [])),
  );
}

/** Its title, and in brackets what is to be said of it; a sentence. */
export function captionOf({ title, chart: { notes } }: ReportFigure): string {
  return `${title}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}.`;
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** Nothing where there is nothing to say. */
export function paragraphs(texts: readonly string[]): Block[] {
  return texts.filter((text) => text !== '').map(paragraph);
}

export function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** Without those that have no value. */
export function facts(given: readonly (readonly [name: string, value: string | null])[]): Block[] {
  const known = given.flatMap(([name, value]): Fact[] =>
    value === null || value === '' ? [] : [{ name, value }],
  );
  return known.length === 0 ? [] : [{ kind: 'facts', facts: known }];
}
