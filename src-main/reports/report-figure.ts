import { roundedAt } from '../../src-shared/numbers.ts';
import { isDrawn } from '../../src-shared/charts/chart.ts';
import { forPrograms, rounded } from '../../src-shared/charts/chart-table.ts';
import { sourceOfCells } from '../../src-shared/charts/chart-source.ts';
import { gatherChart } from '../../src-shared/charts/kinds/registry.ts';
import { figureCommandLine } from '../../src-shared/figures/command-line.ts';
import { figureSpecificationSchema } from '../../src-shared/figures/figure-specification.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { sourceOfStudyCells } from '../../src-shared/runs/run-source.ts';
import { runsAt } from '../../src-shared/runs/replicates.ts';
import { provenanceOf } from '../figures/provenance.ts';
import type { ReportSubject } from './report-subject.ts';
import { reportTable } from './report-table.ts';
import { type Block, paragraph } from './report.ts';

/** A figure that a report should have. */
export interface WantedFigure {
  readonly name: string;
  readonly title: string;
  /** As a specification says it. */
  readonly chart: Readonly<Record<string, unknown>>;
  /** Height over width, where its rows need no more. */
  readonly aspect?: number;
  /** Whether a table beside it has its numbers. */
  readonly isTabled?: true;
  /** Ids of the cells that it shows; all where absent. */
  readonly cells?: readonly string[];
  /** Why it cannot be drawn, where that is known before; a sentence. */
  readonly impossible?: string;
}

/** Of a figure on a page, in pixels: what heights of rows are measured against. */
export const PAGE_WIDTH = 880;
const LEAST_ASPECT = 0.3;
const MOST_ASPECT = 2.5;

/** The figure; or, where the runs make no such figure, a sentence that says why. */
export async function figureBlock(subject: ReportSubject, wanted: WantedFigure): Promise<Block> {
  const without = (why: string): Block => paragraph(`There is no figure "${wanted.title}": ${why}`);
  if (wanted.impossible !== undefined) return without(wanted.impossible);
  try {
    return await drawn(subject, wanted);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return without(error.message);
  }
}

async function drawn(
  subject: ReportSubject,
  { name, title, chart: settings, aspect = 0.55, isTabled, cells }: WantedFigure,
): Promise<Block> {
  const { study, source } = subject;
  const specification = figureSpecificationSchema.parse({
    source:
      cells === undefined ? { kind: 'study', study: study.name } : sourceOfStudyCells(study.name, cells),
    chart: settings,
    style: { width: 'two columns', fontSize: 9, aspect },
  });
  const own = cells === undefined ? source : sourceOfCells(source, new Set(cells));
  const numbers = await gatherChart(specification.chart, own);
  if (!isDrawn(numbers)) throw new Error(`${specification.chart.kind} is not drawn`);
  const { pages } = numbers;
  const isCut = pages !== undefined && pages.rows > pages.size;
  const left = isCut ? [`The first ${pages.size} of ${pages.rows} ${pages.what}: ${pages.about}.`] : [];
  const chart = isCut ? { ...pages.page(0), notes: [...numbers.notes, ...left] } : numbers;
  const needed = (chart.pageHeight ?? 0) / PAGE_WIDTH;
  const height = roundedAt(Math.min(MOST_ASPECT, Math.max(LEAST_ASPECT, aspect, needed)), 2);
  const styled = { ...specification, style: { ...specification.style, aspect: height } };
  const shown = runsAt(own.chosen.index, own.chosen.rows).map(({ id }) => id);
  const data = numbers.table();
  const read = numbers.reading?.() ?? rounded(data);
  return {
    kind: 'figure',
    figure: {
      ...{ name, title, chart, aspect: height, data: forPrograms(data) },
      provenance: provenanceOf(styled, shown, chart.notes),
      command: figureCommandLine(styled),
      table: isTabled ? null : reportTable(read, ''),
    },
  };
}
