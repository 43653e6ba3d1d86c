import { studyAnswer } from '../../src-shared/charts/answer/study-answer.ts';
import type { StudyAnswer } from '../../src-shared/charts/answer/study-answer.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import { type AnovaData, anovaData } from '../../src-shared/charts/kinds/anova/data.ts';
import type { AnovaModel } from '../../src-shared/charts/kinds/anova/model.ts';

/** What is asked of a table of cells. */
export type Question =
  | { readonly kind: 'answer'; readonly table: CellTable }
  | { readonly kind: 'anova'; readonly table: CellTable; readonly model: AnovaModel };

/** By the kind of question. */
export interface Replies {
  readonly answer: StudyAnswer;
  readonly anova: AnovaData;
}

export interface QuestionMessage {
  readonly number: number;
  readonly question: Question;
}

export type ReplyMessage = { readonly number: number } & (
  | { readonly reply: Replies[keyof Replies] }
  /** Why there is none. */
  | { readonly problem: string }
);

/** Works out statistics beside the page: of hundreds of cells one takes a tenth of a second, of thousands seconds. */
self.onmessage = ({ data: { number, question } }: MessageEvent<QuestionMessage>) => {
  self.postMessage({ number, ...replyTo(question) } satisfies ReplyMessage);
};

function replyTo(question: Question): { reply: Replies[keyof Replies] } | { problem: string } {
  try {
    const { kind, table } = question;
    return { reply: kind === 'answer' ? studyAnswer(table) : anovaData(table, question.model) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
