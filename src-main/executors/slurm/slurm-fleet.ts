import { mkdirSync, writeFileSync } from 'node:fs';
import { spoolPlaces } from '../../spool/spool-places.ts';
import type { FleetWorker, WorkerFleet } from '../spool/worker-fleet.ts';
import { accountedJobs, type JobState, queuedJobs, rememberedJobs, workerState } from './job-states.ts';
import { noteOf } from './job-notes.ts';
import type { Jobs } from './jobs.ts';
import { askSlurm } from './ask-slurm.ts';
import { cancelCollectJob, isInVain, submitCollectJob } from './collect-job.ts';
import type { Shell } from './shell.ts';
import { slurmLimits } from './slurm-limits.ts';
import { openSubmissions, saveSubmission, stopMark, type Submission } from './submission.ts';
import { submitWorkers } from './submit.ts';

/** Jobs that Slurm has not told yet, since who submitted them has had no answer, may still come for so long. */
const ANSWER_MS = 120_000;

/** Workers that are jobs of Slurm. */
export class SlurmFleet implements WorkerFleet {
  readonly #shell: Shell;
  readonly #jobs: Jobs;
  readonly #signal: AbortSignal | undefined;
  /** By name and element: those that were told to have ended. */
  readonly #told = new Set<string>();

  constructor(shell: Shell, jobs: Jobs, signal?: AbortSignal) {
    this.#shell = shell;
    this.#jobs = jobs;
    this.#signal = signal;
    mkdirSync(spoolPlaces.fleet(jobs.spool), { recursive: true });
  }

  async start(count: number): Promise<void> {
    if (await isInVain(this.#jobs)) return;
    const limits = await slurmLimits(this.#shell, this.#signal);
    await submitWorkers(this.#shell, this.#jobs, count, limits, this.#signal);
    await submitCollectJob(this.#shell, this.#jobs, this.#signal);
  }

  async workers(): Promise<readonly FleetWorker[]> {
    const { spool } = this.#jobs;
    const submissions = openSubmissions(spool);
    if (submissions.length === 0) return [];
    const states = await this.#states(submissions);
    const workers: FleetWorker[] = [];
    for (const submission of submissions) {
      const ofIt = elementsOf(submission, states);
      workers.push(
        ...withoutSpares(
          submission,
          ofIt.flatMap((each) => this.#news(submission, each)),
        ),
      );
      const isOver = ofIt.every(
        ({ job }) => job !== 'coming' && (job === null || workerState(job.state) === 'ended'),
      );
      if (isOver) saveSubmission(spool, { ...submission, isOver });
    }
    return workers;
  }

  async stop(): Promise<void> {
    const { spool } = this.#jobs;
    await cancelCollectJob(this.#shell, spool, this.#signal);
    const names = openSubmissions(spool).map(({ name }) => name);
    if (names.length === 0) return;
    for (const name of names) writeFileSync(stopMark(spool, name), '');
    for (const name of names)
      await askSlurm(this.#shell, ['scancel', '--quiet', `--name=${name}`], this.#signal);
  }

  /** From who knows most of the present to who remembers longest; the next one is asked of what the former does not know. */
  async #states(submissions: readonly Submission[]): Promise<JobState[]> {
    const queued = await queuedJobs(
      this.#shell,
      submissions.map(({ name }) => name),
      this.#signal,
    );
    const unknown = submissions.filter((submission) =>
      elementsOf(submission, queued).some(
        ({ element, job }) => job === null && !this.#isTold(submission, element),
      ),
    );
    const [oldest] = unknown;
    if (oldest === undefined) return queued;
    const names = unknown.map(({ name }) => name);
    const ended =
      (await accountedJobs(this.#shell, names, oldest.submittedAt, this.#signal)) ??
      (await rememberedJobs(this.#shell, unknown, this.#signal));
    return [...queued, ...ended];
  }

  #isTold({ name }: Submission, element: number): boolean {
    return this.#told.has(`${name}.${element}`);
  }

  /** Of an ended one only once. */
  #news(submission: Submission, { element, job }: Element): FleetWorker[] {
    const { name, elements, id } = submission;
    const state = job === 'coming' ? 'waiting' : job === null ? 'ended' : workerState(job.state);
    if (state === 'ended') {
      if (this.#isTold(submission, element)) return [];
      this.#told.add(`${name}.${element}`);
    }
    const shown = id ?? name;
    const note = noteOf(this.#jobs.spool, submission, element, job);
    return [{ id: elements > 1 ? `${shown}_${element}` : shown, state, note }];
  }
}

interface Element {
  readonly element: number;
  /** Null where nobody knows it (any more): a pending element that is cancelled leaves no record. */
  readonly job: JobState | 'coming' | null;
}

/** What is known of each element of a submission; the first state of an element is the one that counts. */
function elementsOf(submission: Submission, states: readonly JobState[]): Element[] {
  const { name, elements } = submission;
  const ofIt = states.filter((job) => job.name === name);
  const together = ofIt.find(({ element }) => element === null) ?? null;
  const unknown = isComing(submission) && ofIt.length === 0 ? 'coming' : together;
  return Array.from({ length: elements }, (_, element) => ({
    element,
    job: ofIt.find((job) => job.element === element) ?? unknown,
  }));
}

/** Those that may only begin where another has ended are nobody who could train beside it. */
function withoutSpares({ atOnce }: Submission, workers: readonly FleetWorker[]): FleetWorker[] {
  const [running, waiting, ended] = (['running', 'waiting', 'ended'] as const).map((state) =>
    workers.filter((worker) => worker.state === state),
  );
  return [...[...(running ?? []), ...(waiting ?? [])].slice(0, atOnce), ...(ended ?? [])];
}

function isComing({ id, submittedAt }: Submission): boolean {
  return id === null && Date.now() - Date.parse(submittedAt) < ANSWER_MS;
}
