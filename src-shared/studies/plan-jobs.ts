import { counted } from '../counted.ts';
import { Problem } from '../mistakes/problem.ts';

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
  /** Runs of the whole study, so that a study that goes on later computes with the same number of threads. */
  readonly runs: number;
  /** Set by `--jobs`. */
  readonly jobs?: number;
}

/** Beyond this many trainers the memory of one of them each weighs more than what they gain. */
const MOST_JOBS = 4;

/**
 * How many trainers run at once, and with how many threads each.
 *
 * On a CPU two trainers of one thread do as much as one of two threads or more: small networks have steps of a few
 * milliseconds, in which threads wait for each other (`npm run bench -- jobs` on two cores: as much with SqueezeNet 1.1 and
 * with MobileNet at batch 32, 1.2 to 1.3 times with ShuffleNet, 1.5 to 1.8 times with a narrow SqueezeNet). On a GPU one
 * trainer has the card for itself.
 *
 * @throws Problem `usage` if the requested number of jobs is not a whole number above 0.
 */
export function planJobs({ cores, device, runs, jobs: requested }: JobRequest): JobPlan {
  if (requested !== undefined && (!Number.isInteger(requested) || requested < 1)) {
    throw new Problem(
      'usage',
      `jobs: ${requested} is not accepted; it must be a whole number of at least 1.`,
    );
  }
  const own = device === 'gpu' ? 1 : Math.min(cores, MOST_JOBS);
  const jobs = Math.max(1, Math.min(requested ?? own, runs));
  const threads = Math.max(1, Math.floor(cores / jobs));
  return { jobs, threads, reason: explain({ cores, device, runs, requested, jobs, threads }) };
}

function explain(plan: {
  cores: number;
  device: 'cpu' | 'gpu';
  runs: number;
  requested: number | undefined;
  jobs: number;
  threads: number;
}): string {
  const { cores, device, runs, requested, jobs } = plan;
  const size = `${counted(jobs, 'trainer')} of ${counted(plan.threads, 'thread')}`;
  if (requested !== undefined && requested <= runs)
    return `${size}, as requested, on ${counted(cores, 'core')}`;
  if (jobs === runs) return `${size} on ${counted(cores, 'core')}: the study has no more runs`;
  if (device === 'gpu') return `${size}: one trainer fills a GPU`;
  return `${size} on ${counted(cores, 'core')}: several trainers with few threads are faster than one with many`;
}
