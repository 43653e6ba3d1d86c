import { mean } from '../../src-shared/statistics/interval.ts';

/** What one run has to do. */
export interface Work {
  readonly cell: string;
  /** Of all its training and measuring, in any unit: what takes twice as long has twice as much. */
  readonly amount: number;
}

/** A run that has been given to a trainer. */
export interface ActiveWork extends Work {
  /** Seconds until its first step was over, or so far: reading data, recording the step. */
  readonly startSeconds: number;
  /** Since its first step; null before that is over. */
  readonly since: { readonly seconds: number; readonly share: number } | null;
}

export interface FinishedWork extends Work {
  /** From its first step to its end. */
  readonly seconds: number;
  /** Null where that is not known. */
  readonly startSeconds: number | null;
}

export interface Course {
  /** In the order in which they will begin. */
  readonly waiting: readonly Work[];
  readonly active: readonly ActiveWork[];
  /** Computed by the same engine, device and number of threads. */
  readonly finished: readonly FinishedWork[];
  /** Runs at once. */
  readonly jobs: number;
}

/** Seconds of training that must have been measured before anything is said. */
const ENOUGH = 2;
/** A run's own pace counts as much as what was expected of it once this share of it is done. */
const OWN_PACE_AFTER = 0.1;
/** Seconds after which the pace of the runs in progress counts as much as that of those which have finished. */
const PACE_AFTER = 10;

/** What is expected of the rest of a study. */
export interface Forecast {
  /** Of a run that waits, from its first step to its end. */
  readonly secondsOf: (work: Work) => number;
  /** Of a run that waits, until its first step is over. */
  readonly startSeconds: number;
  /** Until those in progress end, in their order. */
  readonly rest: readonly number[];
}

/** Seconds until the study ends; null while too little has been measured. The waiting runs go one by one to the trainer that is free first. */
export function estimateRemaining(course: Course): number | null {
  const { waiting, active, jobs } = course;
  if (waiting.length === 0 && active.length === 0) return 0;
  const expected = forecast(course);
  if (expected === null) return null;
  const { secondsOf, startSeconds, rest } = expected;
  return finish(
    rest,
    waiting.map((work) => startSeconds + secondsOf(work)),
    jobs,
  );
}

/**
 * Null while too little has been measured.
 *
 * A run takes as long as those of its cell did, or else as its work at the mean speed of all, from its first step on; what
 * comes before that is no speed and is added for each run that has not begun. Both are corrected by how the runs in
 * progress fare against it, as the machine may be busier now.
 */
export function forecast({ active, finished }: Pick<Course, 'active' | 'finished'>): Forecast | null {
  const begun = active.flatMap(({ since, ...work }) => (since ? [{ ...work, ...since }] : []));
  const measured = [...finished, ...begun.map((run) => ({ ...run, amount: run.amount * run.share }))];
  const seconds = sum(measured.map((run) => run.seconds));
  const amount = sum(measured.map((run) => run.amount));
  if (seconds < ENOUGH || amount === 0) return null;
  const known = new Map(
    [...Map.groupBy(finished, ({ cell }) => cell)].map(([cell, runs]) => [
      cell,
      mean(runs.map((run) => run.seconds)),
    ]),
  );
  const expected = (work: Work): number => known.get(work.cell) ?? (work.amount * seconds) / amount;
  const pace =
    (PACE_AFTER + sum(begun.map((run) => run.seconds))) /
    (PACE_AFTER + sum(begun.map((run) => expected(run) * run.share)));
  const whole = (work: Work): number => expected(work) * pace;
  const start = startOf(active, finished);
  const rest = active.map((run) => {
    if (run.since === null) return Math.max(0, start - run.startSeconds) + whole(run);
    const { seconds: taken, share } = run.since;
    const own = (taken + OWN_PACE_AFTER * whole(run)) / (share + OWN_PACE_AFTER);
    return own * (1 - share);
  });
  return { secondsOf: whole, startSeconds: start, rest };
}

/** How long a run takes until its first step is over: the mean of those that are past it, or the longest so far. */
function startOf(active: Course['active'], finished: Course['finished']): number {
  const over = [
    ...finished.flatMap((run) => run.startSeconds ?? []),
    ...active.flatMap((run) => (run.since ? run.startSeconds : [])),
  ];
  return over.length > 0 ? mean(over) : Math.max(0, ...active.map((run) => run.startSeconds));
}

/** When the last run ends if each begins where a trainer is free first. */
function finish(rest: readonly number[], waiting: readonly number[], jobs: number): number {
  const busy = Array.from({ length: Math.max(1, jobs, rest.length) }, (_, place) => rest[place] ?? 0);
  for (const seconds of waiting) {
    const first = busy.indexOf(Math.min(...busy));
    busy[first] = (busy[first] ?? 0) + seconds;
  }
  return Math.max(...busy);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
