import { setImmediate } from 'node:timers/promises';
import { parseMarkdown } from '../../src-shared/markdown/parse-markdown.ts';
import { type ReportChoice, USUAL_REPORT } from '../../src-shared/figures/report-choice.ts';
import { leadingComment } from '../../src-shared/studies/leading-comment.ts';
import { isImported } from '../../src-shared/studies/imported-study.ts';
import { packCopy } from '../copies/pack-copy.ts';
import { MOST_UNPACKED } from '../copies/packed-copy.ts';
import { kindlingVersion } from '../kindling-version.ts';
import { figureBlock } from './report-figure.ts';
import { type ReportSetting, type ReportSubject, reportSubject } from './report-subject.ts';
import { type Block, paragraphs, type Report, type ReportCopy, type Section } from './report.ts';
import { answerBlocks } from './sections/answer.ts';
import { cellsSection } from './sections/cells.ts';
import { dataSection } from './sections/data.ts';
import { designSection, recipeSection } from './sections/design.ts';
import { differencesOf, effectsOf, effectsSection, testsSection } from './sections/effects.ts';
import { failuresSection } from './sections/failures.ts';
import { studyFigures } from './sections/figures.ts';
import { layersSection } from './sections/layers.ts';
import { provenanceSection } from './sections/provenance.ts';

export interface ReportControl {
  /** Told before each part, with its name; `share` is of the report, from 0 to 1. */
  readonly onProgress?: (part: string, share: number) => void;
  /** Ends it between two parts. */
  readonly signal?: AbortSignal;
  /** Whether it holds the study itself; false where absent. */
  readonly holdsStudy?: boolean;
  /** What every report has where absent. */
  readonly choice?: ReportChoice;
  /** For tests; now where absent. */
  readonly now?: Date;
}

/**
 * Gathers the report of a study.
 * @throws Problem `not-found` for a study that there is not, those of the store, and the signal's reason
 */
export async function makeReport(
  setting: ReportSetting,
  name: string,
  { onProgress, signal, holdsStudy = false, choice = USUAL_REPORT, now = new Date() }: ReportControl = {},
): Promise<Report> {
  onProgress?.('runs', 0);
  const subject = reportSubject(setting, name);
  const { study, table } = subject;
  const anova = effectsOf(table, choice);
  const differences = differencesOf(table, choice);
  const parts: (readonly [part: string, make: () => Section | null | Promise<Section | null>])[] = [
    ['question', () => questionSection(subject)],
    ['answer', () => ({ title: 'Answer', blocks: answerBlocks(table, differences.data, anova.data) })],
    ['note', () => noteSection(subject)],
    ['design', () => designSection(subject)],
    ['data', () => dataSection(subject)],
    ['recipe', () => recipeSection(subject)],
    ['cells', () => cellsSection(table)],
    ['figures', () => figuresSection(subject, choice)],
    ['effects', () => effectsSection(subject, anova)],
    ['tests', () => testsSection(subject, differences, choice)],
    ['failures', () => failuresSection(subject)],
    ['layers', () => layersSection(subject)],
    ['provenance', () => provenanceSection(subject, choice)],
    ['study file', () => fileSection(subject)],
  ];
  const sections: Section[] = [];
  for (const [place, [part, make]] of parts.entries()) {
    onProgress?.(part, (place + 1) / (parts.length + 2));
    // others are let in, and a cancel is heard
    await setImmediate();
    signal?.throwIfAborted();
    const section = await make();
    if (section !== null) sections.push(section);
  }
  onProgress?.('the study itself', (parts.length + 1) / (parts.length + 2));
  await setImmediate();
  signal?.throwIfAborted();
  const { dataset } = study;
  const of = dataset === '' ? '' : ` on ${dataset}`;
  return {
    title: study.name,
    about: `Report of a study${of}, written by Kindling ${kindlingVersion()} on ${now.toISOString().slice(0, 10)}.`,
    sections,
    copy: holdsStudy ? await reportCopy(subject, now) : null,
  };
}

async function reportCopy(
  { store, study: { name, openedFrom } }: ReportSubject,
  now: Date,
): Promise<ReportCopy | null> {
  const copy = store.studyCopy(name, MOST_UNPACKED);
  const packed = await packCopy(copy, now, { before: openedFrom?.leftOut ?? [] });
  const { length: runs } = copy.runs;
  return packed && { packed, runs, unended: store.attempts(name).length - runs };
}

/** What the study is about, in the words of who made it: the comment at the head of its file. */
function questionSection({ study }: ReportSubject): Section | null {
  const blocks = paragraphs([leadingComment(study.text)]);
  return blocks.length === 0 ? null : { title: 'Question', blocks };
}

/** What a person wrote about it. */
function noteSection({ study: { note } }: ReportSubject): Section | null {
  return note && { title: 'Note', blocks: [{ kind: 'markdown', blocks: parseMarkdown(note.text) }] };
}

async function figuresSection(subject: ReportSubject, choice: ReportChoice): Promise<Section | null> {
  const blocks: Block[] = [];
  for (const wanted of studyFigures(subject, choice)) blocks.push(await figureBlock(subject, wanted));
  return blocks.length === 0 ? null : { title: 'Figures', blocks };
}

function fileSection({ study }: ReportSubject): Section {
  const isOwn = !isImported(study.definition);
  return {
    title: isOwn ? 'Study file' : 'What was imported',
    blocks: [{ kind: 'code', text: study.text.trimEnd() }],
  };
}
