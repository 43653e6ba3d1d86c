import { Problem } from '../../../src-shared/contract/problem.ts';
import type { NetworkCost } from '../../../src-shared/networks/costs.ts';
import type { Cell } from '../../../src-shared/studies/cell.ts';
import { cellCosts, type StudyData } from '../../../src-shared/studies/cost-cells.ts';
import { readStudy, type StudyMistake, type StudyReading } from '../../../src-shared/studies/read-study.ts';
import type { StudyDefinition } from '../../../src-shared/studies/study-definition.ts';
import { editStudyText } from './edit-study-text.ts';
import { placeOfMessage } from './place-mistakes.ts';

/** A cell with what it costs; null where it does not fit the data. */
export interface CostedRow {
  readonly cell: Cell;
  readonly cost: NetworkCost | null;
}

/** A study as far as it can be told. */
export interface DraftReading {
  readonly definition: StudyDefinition;
  readonly cells: readonly Cell[];
  readonly mistakes: readonly StudyMistake[];
}

/** Reads the draft; a missing or wrong name alone does not hide what the study costs. Null: only mistakes. */
export function readDraft(text: string): DraftReading | readonly StudyMistake[] {
  const reading = readStudy(text);
  if (reading.ok) return { definition: reading.definition, cells: reading.cells, mistakes: [] };
  const named = withoutNameMistake(text, reading.mistakes);
  if (named?.ok !== true) return reading.mistakes;
  return { definition: named.definition, cells: named.cells, mistakes: reading.mistakes };
}

function withoutNameMistake(text: string, mistakes: readonly StudyMistake[]): StudyReading | null {
  if (mistakes.some(({ path }) => path[0] !== 'study')) return null;
  return readStudy(editStudyText(text, ['study'], 'unnamed'));
}

/** Costs cells one at a time, so that a large grid can be spread over many frames. */
export function* costRows(
  cells: readonly Cell[],
  definition: StudyDefinition,
  data: StudyData,
): Generator<CostedRow & { readonly mistake: StudyMistake | null }> {
  const costOf = cellCosts(definition.data, data);
  for (const cell of cells) {
    try {
      yield { cell, cost: costOf(cell), mistake: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const path = placeOfMessage(error.message);
      yield { cell, cost: null, mistake: { path, message: error.message, line: null } };
    }
  }
}
