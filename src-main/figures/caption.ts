import { type ChartNumbers, isDrawn } from '../../src-shared/charts/chart.ts';
import { capital } from '../../src-shared/charts/quantity.ts';
import { counted } from '../../src-shared/counted.ts';
import { andList } from '../../src-shared/lists.ts';
import type { ChosenRuns } from '../../src-shared/runs/choose-runs.ts';
import type { FigureSource } from '../../src-shared/runs/run-source.ts';
import { assertNever } from '../../src-shared/assert-never.ts';

/** A panel, as a caption tells of it. */
export interface ToldPanel {
  /** As it is written in the figure; empty for none. */
  readonly letter: string;
  /** What it shows. */
  readonly what: string;
  /** Of which runs. */
  readonly of: string;
  /** What its marks are, how many runs there are, how it was tested, and what is left out. */
  readonly notes: readonly string[];
}

/** A caption from what is drawn: what holds for all panels is said once, at the end. */
export function captionOf(panels: readonly ToldPanel[]): string {
  const [first] = panels;
  if (!first) return '';
  const isOne = panels.length === 1;
  const of = panels.every((panel) => panel.of === first.of) ? first.of : null;
  const notes = panels.map((panel) => panel.notes);
  const { common, own } = isOne ? { common: [], own: notes } : dividedNotes(notes);
  const parts = panels.flatMap((panel, place) => {
    const what = of === null || isOne ? `${panel.what} (${panel.of})` : panel.what;
    return [`${letterBefore(panel)}${sentence(what)}`, sentence((own[place] ?? []).join('; '))];
  });
  const all = isOne ? [] : [of === null ? '' : sentence(`all panels: ${of}`), sentence(common.join('; '))];
  return [...parts, ...all].filter((part) => part !== '').join(' ');
}

/** What all panels say, and what each of them says beyond that. */
export function dividedNotes(panels: readonly (readonly string[])[]): {
  readonly common: readonly string[];
  readonly own: readonly (readonly string[])[];
} {
  const [first = []] = panels;
  const common = first.filter((note) => panels.every((notes) => notes.includes(note)));
  return { common, own: panels.map((notes) => notes.filter((note) => !common.includes(note))) };
}

/** `(a) ` or `a, `, as journals have it. */
function letterBefore({ letter }: ToldPanel): string {
  if (letter === '') return '';
  return letter.startsWith('(') ? `${letter} ` : `${letter}, `;
}

/** The study or filter, and the data. */
export function runsTold(source: FigureSource, { index, rows, networks }: ChosenRuns): string {
  const datasets = [...new Set(rows.flatMap((row) => index.rows[row]?.dataset ?? []))];
  const on = datasets.length === 0 ? [] : [`data ${andList(datasets)}`];
  const beside = networks.length === 0 ? [] : [`imported ${andList(networks.map(({ name }) => name))}`];
  return [...runsName(source, rows.length), ...beside, ...on].join(', ');
}

function runsName(source: FigureSource, count: number): string[] {
  switch (source.kind) {
    case 'study':
      return [`study ${source.study}`];
    case 'filter':
      return [`runs with ${source.filter}`];
    case 'runs':
      return count === 0 ? [] : [counted(count, 'run')];
    default:
      return assertNever(source);
  }
}

/** What a chart shows. */
export function whatIsShown(numbers: ChartNumbers, title: string): string {
  return isDrawn(numbers) ? (numbers.label ?? title) : title;
}

/** With a capital, unless it begins with a sign (`n = 3`, `3×3`) or a name with signs in it, and with a full stop. */
function sentence(text: string): string {
  if (text === '') return '';
  const begun = /^[a-z]{2,}(?=[ :;,]|$)/.test(text) ? capital(text) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
