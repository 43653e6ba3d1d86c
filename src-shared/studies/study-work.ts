import { max, rollup, sum } from 'd3-array';
import type { Cell } from './cell.ts';
import { stepKey } from './in-one-step.ts';
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
  /** Most that could be trained in one step. */
  readonly alike: number;
  /**
   * Multiply-accumulate operations of a step of the typical cell, forward: that whose steps have most nearly the mean work of all runs. It is
   * what is measured, and the mean may be far from every cell.
   */
  readonly stepMacs: number;
  /** Of the typical cell. */
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
  const runsOf = (some: readonly { readonly runs: number }[]): number => sum(some, ({ runs }) => runs);
  const typical = typicalCell(cells, meanStepMacs(work));
  return {
    runs: runsOf(work),
    alike: max(rollup(work, runsOf, stepKey).values()) ?? 0,
    ...{ stepMacs: typical ? typical.macs * typical.recipe.batch : 0, family: familyOf(typical) },
    memory: trainerMemory(cells, data, definition.dataset, peaks),
  };
}
