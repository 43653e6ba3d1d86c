import type { PlacedMistake } from '../../../src-shared/mistakes/mistake.ts';
import { showMistake } from '../../../src-shared/mistakes/show-mistake.ts';
import { type NetworkTotals, totalsOf } from '../../../src-shared/networks/network-totals.ts';
import type { Cell } from '../../../src-shared/studies/cell.ts';
import { checkDataSettings } from '../../../src-shared/studies/check-data-settings.ts';
import { cellCosts, type StudyData } from '../../../src-shared/studies/cost-cells.ts';
import { type CellMistake, locateMistakes } from '../../../src-shared/studies/locate-mistake.ts';
import { readStudy, type StudyReading } from '../../../src-shared/studies/read-study.ts';
import type { StudyDefinition } from '../../../src-shared/studies/study-definition.ts';
import { studyWarnings, type WarnedCell } from '../../../src-shared/studies/study-warnings.ts';
import { countRuns, mostRuns } from '../../../src-shared/studies/wanted-runs.ts';
import { editStudyText } from '../../drafts/edit-study-text.ts';

/** A study file that is being edited, and the data sets whose images are known. */
export interface Draft {
  /** Rises with each change. */
  readonly number: number;
  readonly text: string;
  readonly datasets: readonly StudyData[];
}

/** A cell with what it costs; null where that is not known or it does not fit the data. */
export interface CostedRow {
  readonly cell: Cell;
  readonly cost: NetworkTotals | null;
}

/** What is told of a draft, bit by bit. */
export type DraftNews =
  /** It cannot be read. */
  | { readonly kind: 'mistaken'; readonly mistakes: readonly PlacedMistake[] }
  /** It can, but for a missing or wrong name, which alone does not hide what the study costs. */
  | {
      readonly kind: 'read';
      readonly definition: StudyDefinition;
      readonly cells: number;
      readonly runs: number;
      /** If a rule adds as many seeds as it may. */
      readonly mostRuns: number;
      readonly mistakes: readonly PlacedMistake[];
    }
  /** The next rows; with the first and the last ones all mistakes so far, else null; with the last ones all warnings, else null. */
  | {
      readonly kind: 'rows';
      readonly rows: readonly CostedRow[];
      readonly mistakes: readonly PlacedMistake[] | null;
      readonly warnings: readonly string[] | null;
    };

/** Rows that are told together: few enough that the page takes them within a frame. */
const ROWS = 250;

/** Reads a draft and costs its cells. A large grid takes seconds, of which its first rows need none. */
export function* evaluateDraft({ text, datasets }: Draft): Generator<DraftNews> {
  const reading = readStudy(text);
  const misread = reading.ok ? [] : reading.mistakes;
  const read = reading.ok ? reading : withoutNameMistake(text, misread);
  if (!read?.ok) {
    yield { kind: 'mistaken', mistakes: misread };
    return;
  }
  const { definition, cells } = read.study;
  const data = datasets.find(({ name }) => name === definition.dataset);
  const mistakes = [...misread, ...(data ? read.place(checkDataSettings(definition.data, data)) : [])];
  const [runs, most] = [countRuns(definition, cells), mostRuns(definition, cells)];
  yield { kind: 'read', definition, cells: cells.length, runs, mostRuns: most, mistakes };
  const found: CellMistake[] = [];
  const costed: WarnedCell[] = [];
  const costOf = data ? cellCosts(definition.data, data) : null;
  const told = (): PlacedMistake[] => [
    ...mistakes,
    ...read.place(locateMistakes(definition.design, cells.length, found)),
  ];
  for (let start = 0; start < cells.length; start += ROWS) {
    const rows = cells.slice(start, start + ROWS).map((cell, index): CostedRow => {
      const cost = costOf?.(cell);
      costed.push({ recipe: cell.recipe, cost: cost?.ok ? cost.value : null });
      if (cost?.ok) return { cell, cost: totalsOf(cost.value) };
      const { factors } = cell;
      found.push(...(cost?.mistakes ?? []).map((mistake) => ({ mistake, factors, index: start + index })));
      return { cell, cost: null };
    });
    const isLast = start + ROWS >= cells.length;
    // where they stand is looked up for the first ones and for all, since that takes its time
    yield {
      ...{ kind: 'rows', rows, mistakes: isLast || start === 0 ? told() : null },
      warnings: isLast ? studyWarnings(definition, costed, data ?? null).map(showMistake) : null,
    };
  }
}

/** Null where the name is not all that is wrong. */
function withoutNameMistake(text: string, mistakes: readonly PlacedMistake[]): StudyReading | null {
  if (mistakes.some(({ path }) => path[0] !== 'study')) return null;
  return readStudy(editStudyText(text, ['study'], 'unnamed'));
}
