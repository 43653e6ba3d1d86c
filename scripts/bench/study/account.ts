import { TIME_METRICS, timeMetrics } from '../../../src-shared/metrics/metrics.ts';
import type { WatchedStudy } from './watch-study.ts';

/** Where the time of a study's trainers went. */
export interface Account {
  /** Trainers at once times the seconds of the study. */
  readonly seconds: number;
  /** They add up to `seconds`. */
  readonly parts: readonly AccountPart[];
  /** Of all that is neither step nor evaluation. */
  readonly besideShare: number;
  /** CPU seconds in which batches were prepared: by threads beside the trainers' time, or as part of waiting for batches. */
  readonly preparationSeconds: number;
}

export interface AccountPart {
  readonly name: string;
  readonly seconds: number;
}

/** The study's main work; everything else is to be little. */
const WORK = ['stepSeconds', 'evaluationSeconds'] as const;

/** Every moment of every trainer's place, from the request to run the study to its end. */
export function account({ seconds, jobs, startUps, runs }: WatchedStudy): Account {
  const total = jobs * seconds;
  const inRuns = timeMetrics.map((metric) => ({
    name: TIME_METRICS[metric].title,
    seconds: sum(runs.map(({ metrics }) => metrics[metric] ?? Number.NaN)),
  }));
  const startUp = sum(startUps);
  const ofRuns = sum(runs.map(({ claimed, ended }) => ended - claimed));
  const transport = ofRuns - sum(inRuns.map((part) => part.seconds));
  // a trainer that finds no further run leaves: the last end of each
  const lastEnds = runs
    .map(({ ended }) => ended)
    .sort((a, b) => b - a)
    .slice(0, jobs);
  const idle = sum(lastEnds.map((end) => seconds - end));
  const parts = [
    { name: 'start-up of trainers', seconds: startUp },
    ...inRuns,
    { name: 'messages and metrics to the store', seconds: transport },
    { name: 'nothing left to train', seconds: idle },
    { name: 'planning, waiting between runs', seconds: total - startUp - ofRuns - idle },
  ];
  const work = sum(WORK.flatMap((metric) => runs.map(({ metrics }) => metrics[metric] ?? 0)));
  return {
    seconds: total,
    parts,
    besideShare: 1 - work / total,
    preparationSeconds: sum(runs.map(({ metrics }) => metrics.preparationSeconds ?? 0)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
