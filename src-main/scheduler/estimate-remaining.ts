import { rollup } from 'd3-array';
import { mean } from '../../src-shared/statistics/interval.ts';
import { untilAllEnd } from '../../src-shared/studies/until-all-end.ts';

/** What one run has to do, or several in one step. */
export interface Work {
  /** What takes as long for as much work: its cell, or the step in which it is trained with others. */
  readonly kind: string;
  /** Of all the training and measuring that it has left, in any unit: what takes twice as long has twice as much. */
  readonly amount: number;
}

/** A run that has been given to a trainer. */
export interface ActiveWork extends Work {
  /** Whether it is the first of its trainer, which has nothing loaded yet. */
  readonly isCold: boolean;
  /** The same for runs that are trained in one step; null for one that is trained alone. */
  readonly group: string | null;
  /** Seconds until its first step was over, or so far: reading data, recording the step. */
  readonly startSeconds: number;
  /** Since its first step; null before that is over. */
  readonly since: { readonly seconds: number; readonly share: number } | null;
}

export interface FinishedWork extends Work {
  readonly isCold: boolean;
  /** From its first step to its end. */
  readonly seconds: number;
  /** Null where that is not known. */
  readonly startSeconds: number | null;
}

export interface Course {
  /** In the order in which they will begin; those that will be trained in one step are one. */
  readonly waiting: readonly Work[];
  readonly active: readonly ActiveWork[];
  /** Computed by the same engine, device and number of threads. */
  readonly finished: readonly FinishedWork[];
  /** Trainers at once. */
  readonly jobs: number;
}

/** Seconds of training that must have been measured before anything is said. */
const ENOUGH = 2;
/** A run's own pace counts as much as what was expected of it once this share of it is done. */
const OWN_PACE_AFTER = 0.1;
/** Seconds after which the pace of the latest runs counts as much as that of all. */
const PACE_AFTER = 10;
/** Seconds of a run after which what it takes for its work is known half as well as it ever is. */
const KNOWN_AFTER = 5;
/**
 * Holds the slope near 0 until runs of unlike size say otherwise: the variance of the logarithm of the time for the same work among
 * runs of one size, which differ by a fifth, divided by that of likely slopes (0.3 squared).
 */
const SLOPES = 0.5;
/** Of the first start of a trainer, what its later ones take. */
const WARM_START = 0.25;

/** What is expected of the rest of a study. */
export interface Forecast {
  /** Of a run that waits, from its first step to its end. */
  readonly secondsOf: (work: Work) => number;
  /** Of a run that waits, until its first step is over: its trainer will have trained another. */
  readonly startSeconds: number;
  /** Until those in progress end, in their order. */
  readonly rest: readonly number[];
}

/** Seconds until the study ends; null while too little has been measured. What waits goes one by one to the trainer that is free first. */
export function estimateRemaining(course: Course): number | null {
  const { waiting, active, jobs } = course;
  if (waiting.length === 0 && active.length === 0) return 0;
  const expected = forecast(course);
  if (expected === null) return null;
  const { secondsOf, startSeconds, rest } = expected;
  return untilAllEnd(
    waiting.map((work) => startSeconds + secondsOf(work)),
    jobs,
    restOfTrainers(active, rest),
  );
}

/**
 * Null while too little has been measured.
 *
 * A run takes as long as those of its kind did for as much work, or else as its work at the speed of runs of its size, from its first step on; what
 * comes before that is no speed and is added for each run that has not begun. Both are corrected by how the runs in
 * progress, and the last that each trainer has finished, fare against it, as the machine may be busier now.
 */
export function forecast({ active, finished, jobs }: Omit<Course, 'waiting'>): Forecast | null {
  const begun = active.flatMap(({ since, ...work }) => (since ? [{ ...work, ...since }] : []));
  const measured = [...finished.map((run) => ({ ...run, share: 1 })), ...begun].filter(
    (run) => run.seconds > 0 && run.amount * run.share > 0,
  );
  if (sum(measured.map((run) => run.seconds)) < ENOUGH) return null;
  const known = new Map(
    [...Map.groupBy(finished, ({ kind }) => kind)].map(([kind, runs]) => [
      kind,
      sum(runs.map((run) => run.seconds)) / sum(runs.map((run) => run.amount)),
    ]),
  );
  const secondsFor = fitSeconds(measured);
  const expected = ({ kind, amount }: Work): number => {
    const pace = known.get(kind);
    return pace === undefined ? secondsFor(amount) : pace * amount;
  };
  const recent = [
    ...finished.slice(-jobs).map((run) => ({ seconds: run.seconds, expected: secondsFor(run.amount) })),
    ...begun.map((run) => ({ seconds: run.seconds, expected: expected(run) * run.share })),
  ];
  const pace =
    (PACE_AFTER + sum(recent.map((run) => run.seconds))) /
    (PACE_AFTER + sum(recent.map((run) => run.expected)));
  const whole = (work: Work): number => expected(work) * pace;
  const starts = startsOf(active, finished);
  const rest = active.map((run) => {
    if (run.since === null)
      return Math.max(0, (run.isCold ? starts.cold : starts.warm) - run.startSeconds) + whole(run);
    const { seconds: taken, share } = run.since;
    const own = (taken + OWN_PACE_AFTER * whole(run)) / (share + OWN_PACE_AFTER);
    return own * (1 - share);
  });
  return { secondsOf: whole, startSeconds: starts.warm, rest };
}

/**
 * What a run takes by its work. Small networks take more for the same work than large ones, by how much depends on the device: the
 * logarithm of that is fitted by a line over the logarithm of the work, as steep as is measured and likely.
 */
function fitSeconds(
  measured: readonly (Work & { readonly seconds: number; readonly share: number })[],
): (amount: number) => number {
  const points = measured.map(({ amount, seconds, share }) => ({
    x: Math.log(amount),
    y: Math.log(seconds / (amount * share)),
    weight: seconds / (seconds + KNOWN_AFTER),
  }));
  const weights = sum(points.map(({ weight }) => weight));
  const x = sum(points.map((point) => point.weight * point.x)) / weights;
  const y = sum(points.map((point) => point.weight * point.y)) / weights;
  const together = sum(points.map((point) => point.weight * (point.x - x) * (point.y - y)));
  const slope = together / (sum(points.map((point) => point.weight * (point.x - x) ** 2)) + SLOPES);
  return (amount) => amount * Math.exp(y + slope * (Math.log(amount) - x));
}

/** How long a run takes until its first step is over: the mean of those that are past it, or the longest so far. */
function startsOf(
  active: Course['active'],
  finished: Course['finished'],
): { readonly cold: number; readonly warm: number } {
  const over = [
    ...finished.flatMap(({ isCold, startSeconds }) =>
      startSeconds === null ? [] : [{ isCold, startSeconds }],
    ),
    ...active.filter(({ since }) => since !== null),
  ];
  const meanOf = (wanted: boolean): number | null => {
    const starts = over.filter(({ isCold }) => isCold === wanted).map(({ startSeconds }) => startSeconds);
    return starts.length === 0 ? null : mean(starts);
  };
  const cold = meanOf(true) ?? Math.max(0, ...active.map((run) => run.startSeconds));
  return { cold, warm: meanOf(false) ?? WARM_START * cold };
}

/** Until each is free: those of a step are trained until the last of them ends. */
function restOfTrainers(active: Course['active'], rest: readonly number[]): number[] {
  const runs = active.map(({ group }, place) => ({ of: group ?? place, seconds: rest[place] ?? 0 }));
  return [
    ...rollup(
      runs,
      (own) => Math.max(...own.map(({ seconds }) => seconds)),
      ({ of }) => of,
    ).values(),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
