import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { type AnovaData, anovaData } from '../../../src-shared/charts/kinds/anova/data.ts';
import { USUAL_MODEL } from '../../../src-shared/charts/kinds/anova/model.ts';
import { effectsReading, momentReadings } from '../../../src-shared/charts/kinds/anova/reading.ts';
import { type DifferencesData, differencesData } from '../../../src-shared/charts/kinds/differences/data.ts';
import { differencesReading } from '../../../src-shared/charts/kinds/differences/table.ts';
import { capital, noteSentence } from '../../../src-shared/charts/quantity.ts';
import type { ReportChoice } from '../../../src-shared/figures/report-choice.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { figureBlock } from '../report-figure.ts';
import type { ReportSubject } from '../report-subject.ts';
import { tableBlock } from '../report-table.ts';
import { type Block, paragraphs, type Section } from '../report.ts';

/** What was computed, or why it cannot be. */
export type Computed<Data> =
  { readonly data: Data; readonly reason: null } | { readonly data: null; readonly reason: string };

export function effectsOf(table: CellTable, { margin }: Pick<ReportChoice, 'margin'>): Computed<AnovaData> {
  return computed(() => anovaData(table, { ...USUAL_MODEL, margin }));
}

export function differencesOf(
  table: CellTable,
  { margin }: Pick<ReportChoice, 'margin'>,
): Computed<DifferencesData> {
  return computed(() => differencesData(table, null, margin));
}

function computed<Data>(compute: () => Data): Computed<Data> {
  try {
    return { data: compute(), reason: null };
  } catch (error) {
    if (error instanceof Problem) return { data: null, reason: error.message };
    throw error;
  }
}

/** Main effects and interactions, marginal means, differences of these, trends, and means of two factors. */
export async function effectsSection(
  subject: ReportSubject,
  { data, reason }: Computed<AnovaData>,
): Promise<Section> {
  const title = 'Effects';
  if (data === null) return { title, blocks: paragraphs([`There is no analysis of variance: ${reason}`]) };
  const { quantity } = subject.table;
  const figure = await figureBlock(subject, {
    name: 'effects',
    title: `Effects on ${quantity.title}`,
    chart: { kind: 'effects', metric: quantity.name },
    aspect: 0.3,
    isTabled: true,
  });
  return {
    title,
    blocks: [
      figure,
      tableBlock(effectsReading(data), ''),
      ...momentReadings(data).map((table) => tableBlock(table, table.title ?? '')),
      ...paragraphs(data.account.map(noteSentence)),
    ],
  };
}

/** Each cell against the best one. */
export async function testsSection(
  subject: ReportSubject,
  { data, reason }: Computed<DifferencesData>,
  { margin }: Pick<ReportChoice, 'margin'>,
): Promise<Section> {
  const title = 'Tests';
  if (data === null) return { title, blocks: paragraphs([`No cells are compared: ${reason}`]) };
  const { quantity, label } = { ...subject.table, label: data.baseline.label };
  const about = [
    `Each cell against ${label}${data.baseline.chosenBy === '' ? '' : `, the cell with the ${data.baseline.chosenBy}`}: difference in ${quantity.title} with 95\u00a0% t interval.`,
    ...data.claims.map((claim) => `${capital(claim)}.`),
    'A difference that is not significant is no proof that there is none: what these runs leave possible is in its interval.',
  ];
  const blocks: Block[] = [
    ...paragraphs([about.join(' ')]),
    await figureBlock(subject, {
      name: 'differences',
      title: `Differences in ${quantity.title} from ${label}`,
      chart: { kind: 'differences', metric: quantity.name, margin },
      aspect: 0.3,
      isTabled: true,
    }),
    tableBlock(differencesReading(data), `Differences from ${label}, with every test.`),
  ];
  return { title, blocks };
}
