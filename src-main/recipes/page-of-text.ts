import { posix } from 'node:path';
import type { Analysis, AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import { givenSettings } from '../../src-shared/analysis/comparable-analyses.ts';
import { counted } from '../../src-shared/counted.ts';
import { duration } from '../../src-shared/numbers.ts';
import type {
  RecipeFeatures,
  RecipeFigure,
  RecipePictures,
  RecipeTable,
} from '../../src-shared/recipes/analysis-recipe.ts';
import { describeImages } from '../analysis/describe-images.ts';
import { htmlText } from '../../src-shared/html-text.ts';
import { markdownAddress, markdownBullets, markdownText } from '../files/markdown-text.ts';
import { kindlingVersion } from '../kindling-version.ts';
import type { CopiedPicture } from './copy-pictures.ts';
import type { DrawnFigure } from './draw-figures.ts';
import { classCountsOf, imagesTaken } from './images-taken.ts';
import type { WrittenFeatures } from './write-recipe-features.ts';
import type { RecipeResults } from './recipe-results.ts';

/** What lies in the output folder, and what does not. */
export interface MadeOutput {
  readonly figures: { readonly figure: RecipeFigure; readonly drawn: readonly DrawnFigure[] }[];
  /** The file is null for a table without numbers. */
  readonly tables: { readonly table: RecipeTable; readonly file: string | null }[];
  readonly pictures: {
    readonly pictures: RecipePictures;
    readonly copied: readonly Omit<CopiedPicture, 'bytes'>[];
  }[];
  readonly features: {
    readonly features: RecipeFeatures;
    readonly written: readonly WrittenFeatures[];
  }[];
}

export interface Page {
  /** Markdown. */
  readonly text: string;
  /** What is missing, in sentences. */
  readonly missing: readonly string[];
}

/** What was computed, on what, with which settings, in what time, and what is missing: the page beside the files. */
export function pageOfText(results: RecipeResults, made: MadeOutput): Page {
  const { recipe, subjects, leftOut } = results;
  const missing = [...failedSteps(results), ...notMade(made)];
  const told = [leftOut, ...missing].filter(Boolean);
  const sections = [
    [`# ${recipe.recipe}: ${subjectsText(subjects)}`, recipe.about],
    ['## What was looked at', ...lookedAt(results)],
    ['## What is missing', told.length === 0 ? 'Nothing.' : markdownBullets(told)],
    ...section('## Figures', made.figures.flatMap(figureLines)),
    ...section('## Pictures', made.pictures.flatMap(pictureLines)),
    ...section('## Tables', [markdownBullets(made.tables.flatMap(tableLines))].filter(Boolean)),
    ...section('## Features', [markdownBullets(made.features.flatMap(featureLines))].filter(Boolean)),
    ['## How it was computed', ...howComputed(results)],
  ];
  return { text: `${sections.flat().filter(Boolean).join('\n\n')}\n`, missing };
}

/** Subjects that a heading names. */
const NAMED = 3;

function subjectsText(subjects: RecipeResults['subjects']): string {
  const [study = null, ...others] = new Set(subjects.map((subject) => subject.study));
  if (subjects.length > 1 && study !== null && others.length === 0)
    return `${subjects.length} cells of the study ${markdownText(study)} side by side`;
  if (subjects.length > NAMED) return `${subjects.length} networks side by side`;
  return subjects.map(({ title }) => markdownText(title)).join(', ');
}

function section(heading: string, lines: readonly string[]): string[][] {
  return lines.length === 0 ? [] : [[heading, ...lines]];
}

function lookedAt(results: RecipeResults): string[] {
  const {
    subjects,
    figures: { store },
    where,
  } = results;
  const lines = subjects.map(({ title, runs }) => {
    const network = store.findNetwork(runs[0] ?? '');
    const { text, remarks } = looksAtImages(results)
      ? describeImages(store, runs[0] ?? '', where)
      : { text: 'Its weights alone', remarks: [] };
    const about =
      network === null
        ? `${counted(runs.length, 'run')}: ${runs.map((run) => `\`${run}\` (seed ${store.run(run).seed})`).join(', ')}.`
        : `an imported network (${network.description.family}, ${network.input.join('x')}, from ${network.source.file}, ${network.source.format}). ` +
          `Pictures are resized so that the short side has ${network.preprocessing.shortSide} pixels, and the middle is cut out. ` +
          'It was trained elsewhere: what is called untrained in its figures is the same architecture with weights drawn anew.';
    return `**${markdownText(title)}**, ${about} ${[`${markdownText(text)}.`, ...remarks].join(' ')}`;
  });
  return [
    markdownBullets(lines),
    looksAtImages(results)
      ? 'How many of these images each step took is told below, under “How it was computed”.'
      : '',
  ];
}

function looksAtImages({ asked }: RecipeResults): boolean {
  return asked.some(({ method }) => method.ofWeights !== true);
}

/** What fails alike for several, or in several steps, is told once. */
function failedSteps({ recipe, subjects, failures }: RecipeResults): string[] {
  const nameOf = (run: string): string => {
    const subject = subjects.find(({ runs }) => runs.includes(run));
    return subject?.runs.length === 1 ? subject.title : `${subject?.title ?? ''} (${run})`;
  };
  const ofStep = Map.groupBy(failures, ({ step, message }) => JSON.stringify([step, message])).values();
  const told = [...ofStep].map((group) => {
    const [{ step, message } = { step: -1, message: '' }] = group;
    const names = group.map(({ run }) => nameOf(run)).join(', ');
    return { step: `"${recipe.steps[step]?.name ?? ''}"`, what: `of ${names}: ${message}` };
  });
  return [...Map.groupBy(told, ({ what }) => what)].map(([what, steps]) => {
    const names = steps.map(({ step }) => step).join(', ');
    return `The ${steps.length === 1 ? 'step' : 'steps'} ${names} ${what}`;
  });
}

function notMade({ figures, tables, pictures, features }: MadeOutput): string[] {
  return [
    ...figures.flatMap(({ figure, drawn }) =>
      drawn.flatMap(({ refusal, subject }) =>
        refusal === null
          ? []
          : [`The figure "${figure.name}"${subject === null ? '' : ` of ${subject.title}`}: ${refusal}`],
      ),
    ),
    ...tables.flatMap(({ table, file }) =>
      file === null ? [`The table "${table.name}": the step "${table.of}" has no such numbers.`] : [],
    ),
    ...pictures.flatMap(({ pictures: each, copied }) =>
      copied.length === 0 ? [`The pictures "${each.name}": the step "${each.of}" left none.`] : [],
    ),
    ...features.flatMap(({ features: each, written }) =>
      written.flatMap(({ subject, refusal }) =>
        refusal === null ? [] : [`The features "${each.name}" of ${subject.title}: ${refusal}`],
      ),
    ),
  ];
}

function figureLines({ figure, drawn }: MadeOutput['figures'][number]): string[] {
  const shown = drawn.filter(({ files }) => files.length > 0);
  if (shown.length === 0) return [];
  const together = shown.filter(({ subject }) => subject === null);
  const alone = shown.filter(({ subject }) => subject !== null);
  return [
    `### ${figure.name}`,
    ...together.flatMap((each) => [image(each, figure.name), linksOf(each)]),
    sideBySide(alone),
    figure.caption,
    alone.length > 1 ? scalesText(alone) : '',
    notesOf(shown),
  ];
}

function scalesText(alone: readonly DrawnFigure[]): string {
  return alone.every(({ sharesScales }) => sharesScales)
    ? 'Side by side the axes of numbers have the same scales.'
    : 'Side by side each has a scale of its own.';
}

function image({ files }: DrawnFigure, title: string): string {
  const first = files.find(({ mediaType }) => mediaType.startsWith('image/'));
  return first === undefined ? '' : `![${markdownText(title)}](${markdownAddress(first.fileName)})`;
}

function linksOf({ files }: DrawnFigure): string {
  return files
    .map(({ fileName }) => `[${posix.extname(fileName).slice(1)}](${markdownAddress(fileName)})`)
    .join(', ');
}

/** Two in a row, each under its name. */
function sideBySide(drawn: readonly DrawnFigure[]): string {
  if (drawn.length === 0) return '';
  const cells = drawn.map((each) => {
    const title = each.subject?.title ?? '';
    return `${markdownText(title)}<br>${image(each, title)}<br>${linksOf(each)}`;
  });
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, row) => {
    const [left = '', right = ''] = cells.slice(2 * row, 2 * row + 2);
    return `| ${left} | ${right} |`;
  });
  return ['|  |  |', '| --- | --- |', ...rows].join('\n');
}

/** What the figures say besides, each once with the subjects of which it is said. */
function notesOf(drawn: readonly DrawnFigure[]): string {
  const byNotes = [...Map.groupBy(drawn, ({ notes }) => notes.join('; '))].filter(([notes]) => notes !== '');
  return markdownBullets(
    byNotes.map(([notes, figures]) =>
      figures.length === drawn.length
        ? `${markdownText(notes)}.`
        : `${whoseNotes(figures, drawn)}: ${markdownText(notes)}.`,
    ),
  );
}

/** Every figure of a single subject is named by one word. */
function whoseNotes(figures: readonly DrawnFigure[], drawn: readonly DrawnFigure[]): string {
  const alone = drawn.filter(({ subject }) => subject !== null);
  if (alone.length > 1 && alone.every((each) => figures.includes(each))) return 'each alone';
  return figures.map(({ subject }) => `**${markdownText(subject?.title ?? 'all together')}**`).join(', ');
}

/** Pictures of one subject that are seen without being asked for. */
const UNFOLDED = 4;

function pictureLines({ pictures, copied }: MadeOutput['pictures'][number]): string[] {
  if (copied.length === 0) return [];
  const bySubject = [...Map.groupBy(copied, ({ subject }) => subject)];
  return [
    `### ${pictures.name}`,
    pictures.caption,
    ...bySubject.flatMap(([subject, own]) => {
      const whose = bySubject.length > 1 ? `${subject.title}, ` : '';
      const shown = own.flatMap((each) => picture(each, `${whose}${each.title}`));
      return own.length > UNFOLDED ? folded(`${whose}${counted(own.length, 'file')}`, shown) : shown;
    }),
    bySubject.some(([{ runs }]) => runs.length > 1) ? 'Of several seeds the first is shown.' : '',
  ];
}

function picture({ fileName, mediaType }: Omit<CopiedPicture, 'bytes'>, title: string): string[] {
  const link = `[${markdownText(title)}](${markdownAddress(fileName)})`;
  return mediaType.startsWith('image/') ? [`!${link}`, markdownText(title)] : [link];
}

/** Under a line that opens it, as GitHub and most readers of Markdown show it; in HTML the marks of Markdown are plain characters. */
function folded(summary: string, lines: readonly string[]): string[] {
  return [`<details><summary>${htmlText(summary)}</summary>`, ...lines, '</details>'];
}

function tableLines({ table, file }: MadeOutput['tables'][number]): string[] {
  if (file === null) return [];
  return [`[${file}](${markdownAddress(file)})${table.caption === '' ? '' : `: ${table.caption}`}`];
}

function featureLines({ features, written }: MadeOutput['features'][number]): string[] {
  return written
    .filter(({ refusal }) => refusal === null)
    .map(({ subject, folder }) => {
      const seed = subject.runs.length > 1 ? ', the first seed' : '';
      const caption = features.caption === '' ? '' : `: ${features.caption}`;
      return `[${features.name} of ${markdownText(subject.title)}](${markdownAddress(folder)})${seed}${caption}`;
    });
}

function howComputed(results: RecipeResults): string[] {
  const {
    subjects,
    figures: { store },
    where,
    recipe,
    asked,
    found,
    command,
  } = results;
  const counts = looksAtImages(results)
    ? subjects.map(({ runs }) => classCountsOf(store, runs[0] ?? '', where))
    : [];
  const rows = asked.map(({ method, settings }, at) => {
    const analyses = found[at] ?? [];
    const cells = [
      recipe.steps[at]?.name ?? '',
      method.title,
      imagesTaken({ method, settings }, counts),
      settingsText(ownSettings(settings, recipe.settings)),
      analyses.length === 0 ? '–' : duration(secondsOf(analyses)),
      datesOf(analyses),
    ];
    return `| ${cells.map(markdownText).join(' | ')} |`;
  });
  const methods = [...new Set(asked.map(({ method }) => method))];
  return [
    [
      '| step | method | images | settings | time | computed (UTC) |',
      '| --- | --- | ---: | --- | ---: | --- |',
      ...rows,
    ].join('\n'),
    `Together ${duration(secondsOf(found.flat()))}. The first step reads the weights and the images for all. What was known already was left as it was, with its time and date of then.`,
    `The images of each step are spread evenly over those above, the same number of each class. ${commonText(recipe.settings)}`.trim(),
    markdownBullets(
      methods.map(({ title, about, scatter }) => [`**${title}.**`, about, scatter].join(' ').trim()),
    ),
    `Written by Kindling ${kindlingVersion()} on ${minute(new Date().toISOString())} UTC, Node ${process.versions.node}, ${process.platform} ${process.arch}, with \`${command}\`. The recipe is in [recipe.yaml](recipe.yaml).`,
  ];
}

/**
 * What all steps have is told once, and how many images a step took is told in place of how many it asked for.
 * @param common numbers that were typed are text in it
 */
function ownSettings(settings: AnalysisSettings, common: AnalysisSettings): AnalysisSettings {
  const own = Object.entries(settings).filter(
    ([name, value]) => name !== 'images' && name !== 'shown' && String(common[name]) !== String(value),
  );
  return Object.fromEntries(own);
}

function commonText(common: AnalysisSettings): string {
  return Object.keys(common).length === 0
    ? ''
    : `Unless a step says otherwise, each that has such a setting was asked with ${markdownText(settingsText(common))}.`;
}

function settingsText(settings: AnalysisSettings): string {
  return Object.entries(givenSettings(settings))
    .map(([name, value]) => `${name} ${value === null || value === '' ? 'not set' : String(value)}`)
    .join(', ');
}

function secondsOf(analyses: readonly Analysis[]): number {
  return analyses.reduce((sum, { seconds }) => sum + seconds, 0);
}

function datesOf(analyses: readonly Analysis[]): string {
  const times = analyses.map(({ createdAt }) => minute(createdAt)).sort();
  const [first = '–'] = times;
  const last = times.at(-1) ?? first;
  return first === last ? first : `${first} to ${last}`;
}

/** `2026-03-01 14:05` of an ISO 8601 date. */
function minute(date: string): string {
  return date.slice(0, 16).replace('T', ' ');
}
