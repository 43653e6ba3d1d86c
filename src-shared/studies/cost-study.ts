import type { CostedCell } from './cell.ts';
import { costCells, type FittedCell, type StudyData } from './cost-cells.ts';
import { invalidStudy } from './parse-study.ts';
import { readStudy } from './read-study.ts';
import type { StudyDefinition } from './study-definition.ts';

/** A study that can be run. */
export interface CostedStudy {
  readonly definition: StudyDefinition;
  /** In the study's order. */
  readonly cells: readonly CostedCell[];
}

/** A study with all that its cells were fitted to. */
export interface FittedStudy<Data extends StudyData> extends CostedStudy {
  readonly cells: readonly FittedCell[];
  readonly data: Data;
}

/**
 * The study that a file states, expanded and fitted to its data once.
 *
 * @param fileName for the messages.
 * @param dataOf what is known of a data set by its name
 * @throws Problem `study-invalid` with one line for each mistake, and those of `dataOf`
 */
export function costStudy<Data extends StudyData>(
  text: string,
  fileName: string,
  dataOf: (dataset: string) => Data,
): FittedStudy<Data> {
  const reading = readStudy(text);
  if (!reading.ok) throw invalidStudy(reading.mistakes, fileName);
  const { definition, cells } = reading.study;
  const data = dataOf(definition.dataset);
  const costed = costCells(definition, cells, data);
  if (!costed.ok) throw invalidStudy(reading.place(costed.mistakes), fileName);
  return { definition, cells: costed.value, data };
}
