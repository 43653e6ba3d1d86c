import { studyAnswer } from '../../src-shared/charts/answer/study-answer.ts';
import type { StudyAnswer } from '../../src-shared/charts/answer/study-answer.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';

export interface AnswerQuestion {
  readonly number: number;
  readonly table: CellTable;
}

export interface AnswerMessage {
  readonly number: number;
  /** The answer, or why there is none. */
  readonly answer: StudyAnswer | string;
}

/** Works out answers of studies beside the page: of thousands of cells one takes seconds. */
self.onmessage = ({ data: { number, table } }: MessageEvent<AnswerQuestion>) => {
  self.postMessage({ number, answer: answerOf(table) } satisfies AnswerMessage);
};

function answerOf(table: CellTable): StudyAnswer | string {
  try {
    return studyAnswer(table);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
