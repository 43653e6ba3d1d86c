import { fixed } from '../numbers.ts';
import { counted } from '../counted.ts';
import { Problem } from '../mistakes/problem.ts';
import { isSlower, type MeasuredTrainers, nearestMeasured } from './measured-trainers.ts';

export interface JobPlan {
  /** Trainers at once. */
  readonly jobs: number;
  /** Threads of each trainer; jobs x threads is at most the number of cores. */
  readonly threads: number;
  /** Why, for people. */
  readonly reason: string;
}

export interface JobRequest {
  readonly cores: number;
  readonly device: 'cpu' | 'gpu';
  /** That trainers can be given; 0 where they are unknown, or the device is none. */
  readonly cards: number;
  /** Runs of the whole study, so that a study that goes on later computes with the same number of threads. */
  readonly runs: number;
  /** Of the whole study: `meanStepMacs`. */
  readonly stepMacs: number;
  /** What was measured on this machine. */
  readonly measured: readonly MeasuredTrainers[];
  /** Set by `--jobs`. */
  readonly jobs?: number;
}

/** Beyond this many trainers the memory of one of them each weighs more than what they gain. */
const MOST_JOBS = 4;

/** Trainers at once that are compared with one, where the study has runs enough. */
export function severalJobs(cores: number): number {
  return Math.min(cores, MOST_JOBS);
}

/** Threads of each of so many trainers. */
export function threadsOf(cores: number, jobs: number): number {
  return Math.max(1, Math.floor(cores / jobs));
}

/**
 * How many trainers run at once, and with how many threads each.
 *
 * On a CPU several trainers of few threads, since small networks have steps of a few milliseconds, in which threads wait for
 * each other; one of all threads where this was measured to be faster on the machine, with the network whose steps have most
 * nearly as much work. On GPUs each card has one trainer; where more are asked for, they share the cards evenly.
 *
 * @throws Problem `usage` if the requested number of jobs is not a whole number above 0.
 */
export function planJobs(request: JobRequest): JobPlan {
  const { cores, cards, runs, jobs: requested } = request;
  if (requested !== undefined && (!Number.isInteger(requested) || requested < 1)) {
    throw new Problem(
      'usage',
      `jobs: ${requested} is not accepted; it must be a whole number of at least 1.`,
    );
  }
  const { most, why } =
    requested === undefined ? suitedJobs(request) : { most: requested, why: 'as requested' };
  const jobs = Math.max(1, Math.min(most, runs));
  const threads = threadsOf(cores, jobs);
  const on = cards > 1 ? `${counted(cores, 'core')} and ${counted(cards, 'card')}` : counted(cores, 'core');
  const size = `${counted(jobs, 'trainer')} of ${counted(threads, 'thread')} on ${on}`;
  return { jobs, threads, reason: `${size}: ${most > runs ? 'the study has no more runs' : why}` };
}

interface Choice {
  /** Trainers at once, if there are runs enough. */
  readonly most: number;
  readonly why: string;
}

function suitedJobs({ cores, device, cards, runs, stepMacs, measured }: JobRequest): Choice {
  // that several share a card may pay, and has not been measured: --jobs has them do it
  if (device === 'gpu') return { most: Math.max(1, cards), why: 'one for each GPU' };
  const several = severalJobs(cores);
  if (several === 1) return { most: 1, why: 'one for each core' };
  const nearest = nearestMeasured(
    measured.filter(({ jobs }) => jobs === several),
    stepMacs,
  );
  if (nearest === undefined)
    return { most: several, why: 'several with few threads are faster than one with many, as a rule' };
  const { network, batch, gain } = nearest;
  const sizes = `${several} of ${counted(threadsOf(cores, several), 'thread')} together had ${fixed(gain.median, 2)} times the images/s of one of ${counted(cores, 'thread')}`;
  // what fewer than the measured trainers do beside one was not measured
  const most = isSlower(gain) && runs >= several ? 1 : several;
  return { most, why: `${sizes} here, with ${network} at batch ${batch}` };
}
