import type { Cell } from '../studies/cell.ts';
import { addableSeeds, type CellSeeds, cellSeeds, seedAttempt } from '../studies/cell-seeds.ts';
import type { StudyData } from '../studies/cost-cells.ts';
import type { JobPlan } from '../studies/plan-jobs.ts';
import { histogramShare, recordingsOf } from '../studies/recordings.ts';
import { type PlannedCost, type RunBytes, runBytes } from '../studies/run-bytes.ts';
import { ONE_BY_ONE, timesOfStep } from '../studies/steps-beside.ts';
import type { StudyDefinition } from '../studies/study-definition.ts';
import { type StudyWork, studyWork } from '../studies/study-work.ts';
import type { MeasuredPeaks } from '../studies/trainer-memory.ts';
import { trainingImages } from '../studies/training-images.ts';
import { type CellTime, estimateStudy, type StudyEstimate } from './estimate-study.ts';
import type { MeasuredTime } from './measured-times.ts';
import type { RunRow } from './run-row.ts';
import type { TrainedBefore } from './trained-before.ts';

export interface StudyToPlan extends TrainedBefore {
  readonly definition: StudyDefinition;
  readonly cells: readonly { readonly cell: Cell; readonly cost: PlannedCost }[];
  readonly data: Pick<StudyData, 'trainingCount' | 'shape'>;
  /** Runs that diverged are trained once more. */
  readonly retryDiverged: boolean;
  readonly planJobs: (work: StudyWork) => JobPlan;
  /** The runs that there are in the order in which they were added; those of other studies do not count. */
  readonly rows: readonly RunRow[];
  readonly peaks: MeasuredPeaks;
}

export interface PlannedCell {
  readonly cell: Cell;
  readonly cost: PlannedCost;
  /** Runs that the study asks for, and those of them that are still to be trained. */
  readonly runs: number;
  readonly missing: number;
  /** How many more a rule for seeds may still add. */
  readonly open: number;
  /** Of one training: the forward pass of every image and a backward pass of twice as much. */
  readonly trainingMacs: number;
  /** Of one run. */
  readonly bytes: RunBytes;
  /** By which histograms lengthen a run, as a share of the time in its steps; the seconds do not count it. */
  readonly histogramShare: number;
  /** Of one run; null where nothing is known. */
  readonly seconds: number | null;
  /** How many complete runs of the cell the seconds are the mean of; 0 where they are estimated from other cells. */
  readonly timedRuns: number;
}

/** Of all cells together. */
export interface PlannedTotals {
  readonly runs: number;
  readonly missing: number;
  /** All that follows is of the missing runs. */
  readonly trainingMacs: number;
  readonly bytes: RunBytes;
  /** Until the last of them ends; null where it cannot be estimated. */
  readonly seconds: number | null;
}

/** The totals are the least: without seeds that a rule may still add. */
export interface StudyPlan extends PlannedTotals {
  readonly cells: readonly PlannedCell[];
  /** The totals if the rule adds as many seeds as it may; null where none may be added. */
  readonly most: PlannedTotals | null;
  /** What the seconds rest on, or why there are none; for people. */
  readonly basis: string;
  readonly jobs: JobPlan;
}

/** Forward, and backward the gradients of inputs and of weights. */
const PASSES_OF_STEP = 3;

/** What a study will cost before it is trained: work, time and room. */
export function planStudy(study: StudyToPlan): StudyPlan {
  const { definition, data, speeds } = study;
  const images = trainingImages(data.trainingCount, definition.data);
  const seedsOf = seedsOfStudy(study);
  const settled = settledRuns(study);
  const counted = study.cells.map(({ cell, cost }) => {
    const seeds = seedsOf(cell);
    const missing = seeds.asked.filter((seed) => !settled.has(runKey(cell.id, seed))).length;
    return { cell, cost, runs: seeds.asked.length, missing, open: addableSeeds(seeds) };
  });
  const work = study.cells.map(({ cell, cost }) => ({ ...cell, macs: cost.macs, cost }));
  const jobs = study.planJobs(studyWork(definition, work, data, study.peaks));
  const times = cellTimes(study.times, jobs);
  const estimate = (missing: (each: (typeof counted)[number]) => number): StudyEstimate =>
    estimateStudy(
      {
        images,
        ...jobs,
        cells: counted.map((each) => {
          const { id, network, recipe } = each.cell;
          const known = times.get(id);
          return { id, network, recipe, macs: each.cost.macs, runs: missing(each), ...(known && { known }) };
        }),
      },
      speeds,
    );
  const least = estimate(({ missing }) => missing);
  const record = recordingsOf(definition);
  const isValidated = definition.data.validationShare > 0;
  const cells = counted.map((each, place): PlannedCell => {
    const { recipe, id } = each.cell;
    const steps = Math.floor(images / recipe.batch) * recipe.epochs;
    return {
      ...each,
      trainingMacs: PASSES_OF_STEP * each.cost.macs * recipe.batch * steps,
      bytes: runBytes(each.cost, recipe, steps, { isValidated, record }),
      histogramShare: histogramShare(record, steps),
      seconds: least.runs[place] ?? null,
      timedRuns: times.get(id)?.runs ?? 0,
    };
  });
  const mayGrow = cells.some(({ open }) => open > 0);
  return {
    ...{ cells, jobs, ...totalsOf(cells, () => 0, least.total) },
    basis: least.basis,
    most: mayGrow
      ? totalsOf(cells, ({ open }) => open, estimate(({ missing, open }) => missing + open).total)
      : null,
  };
}

/** @param added seeds of a cell beyond those that are asked for */
function totalsOf(
  cells: readonly PlannedCell[],
  added: (cell: PlannedCell) => number,
  seconds: number | null,
): PlannedTotals {
  const missing = (cell: PlannedCell): number => cell.missing + added(cell);
  return {
    runs: sum(cells, (cell) => cell.runs + added(cell)),
    missing: sum(cells, missing),
    trainingMacs: sum(cells, (cell) => missing(cell) * cell.trainingMacs),
    bytes: {
      checkpoints: sum(cells, (cell) => missing(cell) * cell.bytes.checkpoints),
      points: sum(cells, (cell) => missing(cell) * cell.bytes.points),
      histograms: sum(cells, (cell) => missing(cell) * cell.bytes.histograms),
    },
    seconds,
  };
}

/** As a start of the study has them: where a rule adds seeds, those that follow from the runs so far. */
function seedsOfStudy({ definition, rows }: StudyToPlan): (cell: Cell) => CellSeeds {
  const { name, until } = definition;
  return cellSeeds(definition, () =>
    rows.filter(({ study }) => study === name).map((run) => seedAttempt(run, until)),
  );
}

/** Runs that a start of the study would not train: complete ones, and those that would diverge again. */
function settledRuns({ definition, rows, retryDiverged }: StudyToPlan): ReadonlySet<string> {
  const last = new Map(
    rows
      .filter(({ study }) => study === definition.name)
      .map((run) => [runKey(run.cell, run.seed), run] as const),
  );
  const isSettled = ({ state, failure }: RunRow): boolean =>
    state === 'complete' || (failure?.code === 'loss-not-finite' && !retryDiverged);
  return new Set([...last].flatMap(([key, run]) => (isSettled(run) ? [key] : [])));
}

function runKey(cell: string, seed: number): string {
  return `${cell} ${seed}`;
}

/**
 * What runs of each cell took with so many threads, fused or not. Where runs will be fused, fused ones count before single ones.
 */
function cellTimes(
  measured: readonly MeasuredTime[],
  { threads, fused = 1, beside = ONE_BY_ONE }: JobPlan,
): ReadonlyMap<string, CellTime> {
  const timesOf = (areFused: boolean, byThreads: number): [string, CellTime][] => {
    const alike = measured.filter((time) => time.threads === byThreads && time.networks > 1 === areFused);
    return [...Map.groupBy(alike, ({ cell }) => cell)].map(([cell, times]) => {
      const runs = sum(times, (time) => time.runs);
      const seconds = sum(times, (time) => (time.runs * time.seconds) / timesOfStep(beside, time.networks));
      return [cell, { seconds: seconds / runs, runs, areFused }];
    });
  };
  const single = timesOf(false, beside.measured?.threads ?? threads);
  return new Map(fused === 1 ? single : [...single, ...timesOf(true, threads)]);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
