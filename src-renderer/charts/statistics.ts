import type { StudyAnswer } from '../../src-shared/charts/answer/study-answer.ts';
import type { CellTable, MeasuredCell } from '../../src-shared/charts/cells/measured-cell.ts';
import type { AnovaData } from '../../src-shared/charts/kinds/anova/data.ts';
import type { AnovaModel } from '../../src-shared/charts/kinds/anova/model.ts';
import type { Question, QuestionMessage, Replies, ReplyMessage } from './statistics-worker.ts';

/** What a study found. @throws Error why that cannot be worked out */
export function answerBeside(table: CellTable): Promise<StudyAnswer> {
  return ask<'answer'>({ kind: 'answer', table: told(table) });
}

/** The last analysis of a table, which its chart and its tables share. */
const analysed = new WeakMap<CellTable, { readonly model: string; readonly data: Promise<AnovaData> }>();

/** An analysis of variance. @throws Error why there is none */
export function anovaBeside(table: CellTable, model: AnovaModel): Promise<AnovaData> {
  const key = JSON.stringify(model);
  const known = analysed.get(table);
  if (known?.model === key) return known.data;
  const data = ask<'anova'>({ kind: 'anova', table: told(table), model });
  analysed.set(table, { model: key, data });
  // asked again it may be known
  data.catch(() => analysed.delete(table));
  return data;
}

interface Waiting {
  readonly resolve: (reply: never) => void;
  readonly reject: (error: Error) => void;
}

/** One worker for all statistics of the page, which takes them in turn. */
const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let asked = 0;

function ask<Kind extends keyof Replies>(
  question: Extract<Question, { kind: Kind }>,
): Promise<Replies[Kind]> {
  worker ??= begun();
  asked += 1;
  const number = asked;
  worker.postMessage({ number, question } satisfies QuestionMessage);
  return new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
}

function begun(): Worker {
  const made = new Worker(new URL('./statistics-worker.ts', import.meta.url), { type: 'module' });
  made.onmessage = ({ data }: MessageEvent<ReplyMessage>) => {
    const { resolve, reject } = waiting.get(data.number) ?? {};
    waiting.delete(data.number);
    // it replies to the very question
    if ('reply' in data) resolve?.(data.reply as never);
    else reject?.(new Error(data.problem));
  };
  made.onerror = ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
    made.terminate();
    worker = null;
  };
  return made;
}

/** Without what no statistic speaks of: it travels to the worker. */
function told(table: CellTable): CellTable {
  return { ...table, cells: table.cells.map(shortened) };
}

function shortened(cell: MeasuredCell): MeasuredCell {
  return { ...cell, network: null, runs: [], computedWith: [] };
}
