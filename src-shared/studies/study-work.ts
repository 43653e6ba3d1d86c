import { max, sum } from 'd3-array';
import type { Cell } from './cell.ts';
import { familyOf, meanStepMacs, typicalCell } from './measured-trainers.ts';
import { seedsOfCells } from './seeds-of-cells.ts';
import type { StudyDefinition } from './study-definition.ts';
import {
  type MeasuredPeaks,
  type MemoryCell,
  type MemoryData,
  type TrainerMemory,
  trainerMemory,
} from './trainer-memory.ts';

/** What the number of trainers of a study depends on. */
export interface StudyWork {
  /** Of the whole study. */
  readonly runs: number;
  /** Most of a cell. */
  readonly seeds: number;
  /** Of the whole study: `meanStepMacs`. */
  readonly stepMacs: number;
  /** Of the typical network: `typicalCell`. */
  readonly family: string;
  /** Of each trainer. */
  readonly memory: TrainerMemory;
}

interface WorkCell extends MemoryCell, Pick<Cell, 'factors'> {
  readonly macs: number;
}

/**
 * Of the seeds that the file names, as the study begins with them.
 * @param peaks of runs of the engine that trains it
 */
export function studyWork(
  definition: StudyDefinition,
  cells: readonly WorkCell[],
  data: MemoryData,
  peaks: MeasuredPeaks,
): StudyWork {
  const seedsOf = seedsOfCells(definition);
  const work = cells.map((cell) => ({ ...cell, runs: seedsOf(cell.factors).length }));
  const stepMacs = meanStepMacs(work);
  return {
    runs: sum(work, ({ runs }) => runs),
    seeds: max(work, ({ runs }) => runs) ?? 0,
    ...{ stepMacs, family: familyOf(typicalCell(cells, stepMacs)) },
    memory: trainerMemory(cells, data, definition.dataset, peaks),
  };
}
