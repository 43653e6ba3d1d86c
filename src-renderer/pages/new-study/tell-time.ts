import type { MeasuredSpeed } from '../../../src-shared/runs/measured-speeds.ts';
import type { StudyData } from '../../../src-shared/studies/cost-cells.ts';
import { estimateStudy } from '../../../src-shared/runs/estimate-study.ts';
import { meanStepMacs, type MeasuredTrainers } from '../../../src-shared/studies/measured-trainers.ts';
import { planJobs } from '../../../src-shared/studies/plan-jobs.ts';
import type { StudyDefinition } from '../../../src-shared/studies/study-definition.ts';
import { trainingImages } from '../../../src-shared/studies/training-images.ts';
import { seedsOfCells } from '../../../src-shared/studies/seeds-of-cells.ts';
import { duration } from '../../../src-shared/numbers.ts';
import type { CostedRow } from './evaluate-study.ts';

/** What decides how many trainers run at once. */
export interface Machine {
  readonly cores: number;
  readonly device: 'cpu' | 'gpu';
  /** As set by the user; null for as many as suit the machine. */
  readonly jobs: number | null;
  /** What several trainers did on it beside one. */
  readonly measured: readonly MeasuredTrainers[];
}

export interface ToldTime {
  readonly short: string;
  /** What it rests on, or why it is not known. */
  readonly about: string;
}

/** How long all runs of the study are going to take, in words. */
export function tellTime(
  definition: StudyDefinition | null,
  rows: readonly CostedRow[],
  data: StudyData | null,
  machine: Machine | null,
  speeds: readonly MeasuredSpeed[],
): ToldTime {
  if (!definition || !data || !machine) return { short: '–', about: '' };
  const seedsOf = seedsOfCells(definition);
  const cells = rows.flatMap(({ cell: { network, recipe, factors }, cost }) =>
    cost ? [{ network, recipe, macs: cost.macs, runs: seedsOf(factors).length }] : [],
  );
  const runs = cells.reduce((sum, cell) => sum + cell.runs, 0);
  if (runs === 0) return { short: '–', about: '' };
  const { jobs, ...place } = machine;
  const stepMacs = meanStepMacs(cells);
  const plan = planJobs({ ...place, runs, stepMacs, ...(jobs === null ? {} : { jobs }) });
  const images = trainingImages(data.trainingCount, definition.data);
  const { total, basis } = estimateStudy({ cells, images, jobs: plan.jobs, threads: plan.threads }, speeds);
  return { short: total === null ? 'unknown' : `about ${duration(total)}`, about: basis };
}
