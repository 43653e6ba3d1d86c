import type { DatasetListing } from '../../../src-shared/contract/api/datasets.ts';
import { planStudy, type StudyPlan } from '../../../src-shared/runs/plan-study.ts';
import type { TrainedBefore } from '../../../src-shared/runs/trained-before.ts';
import type { MeasuredTrainers } from '../../../src-shared/studies/measured-trainers.ts';
import type { MeasuredPeaks } from '../../../src-shared/studies/trainer-memory.ts';
import { type MemoryHere, planJobs } from '../../../src-shared/studies/plan-jobs.ts';
import type { StudyDefinition } from '../../../src-shared/studies/study-definition.ts';
import type { CostedRow } from './evaluate-study.ts';

/** What decides how many trainers run at once. */
export interface Machine {
  readonly cores: number;
  readonly device: 'cpu' | 'gpu';
  /** That trainers are given; 0 where they are unknown, or the device is none. */
  readonly cards: number;
  /** Their model; absent for a processor. */
  readonly card?: string;
  /** As set by the user; null for as many as suit the machine. */
  readonly jobs: number | null;
  /** What several trainers did on it beside one. */
  readonly measured: readonly MeasuredTrainers[];
  readonly memory: MemoryHere;
  /** What trainers have taken of it. */
  readonly peaks: MeasuredPeaks;
}

/**
 * What all runs of the cells whose cost is known are going to take; null where there are none, or the machine is not known yet.
 * Neither is the number of images before the data set has been added, which no limit replaces.
 */
export function planDraft(
  definition: StudyDefinition,
  rows: readonly CostedRow[],
  dataset: Pick<DatasetListing, 'shape' | 'trainingCount'> | null,
  machine: Machine | null,
  trained: TrainedBefore,
): StudyPlan | null {
  const { shape = null, trainingCount = null } = dataset ?? {};
  if (shape === null || trainingCount === null || machine === null) return null;
  const { jobs, memory: here, peaks, ...place } = machine;
  const cells = rows.flatMap(({ cell, cost }) => (cost ? [{ cell, cost }] : []));
  if (cells.length === 0) return null;
  return planStudy({
    ...{ definition, cells, data: { shape, trainingCount }, ...trained, peaks },
    // a draft has no runs yet, but others may have trained the same cells
    ...{ rows: [], retryDiverged: false },
    planJobs: ({ memory: trainer, ...work }) =>
      planJobs({ ...place, ...work, memory: { trainer, here }, ...(jobs === null ? {} : { jobs }) }),
  });
}
