import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { RunSpecification, TrainingOutcome } from '../../../src-shared/studies/trainer-protocol.ts';
import { keepLastResumeCheckpoints } from '../../checkpoints/resume-checkpoints.ts';
import { readDescription } from '../../datasets/description-file.ts';
import type { TrainerProcess } from '../../trainer/training-work.ts';
import { WorkerDied } from '../../work/worker-died.ts';
import { endAttempt, lostAttempts } from '../attempt-end.ts';
import { lastToldStep, takeOver } from '../former-attempts.ts';
import { ProgressWriter } from '../progress-file.ts';
import { type AttemptPlace } from '../spool-places.ts';
import type { Rhythm } from '../spool-study.ts';
import type { FreeRun } from './find-run.ts';
import { Ended, watchAttempt } from './watch-attempt.ts';
import { withRoom } from './with-room.ts';

export interface LeasedRun extends FreeRun {
  readonly spool: string;
  readonly attempt: AttemptPlace;
  readonly rhythm: Rhythm;
  readonly trainer: TrainerProcess;
  /** Has the worker stop after the present step. */
  readonly stop: AbortSignal;
  /** Tells people. */
  readonly say: (line: string) => void;
}

/** After so many workers that died over it, a run counts as one that kills them. */
const MOST_LOST = 20;

/** Failures that are not the run's: it is given back, and its worker can do nothing more. */
const OF_THE_PLACE = {
  'disk-full': 'disk-full',
  'engine-missing': 'engine-missing',
  'data-invalid': 'data-invalid',
} as const;

/**
 * Trains a run that was leased, from where the attempts before have left it, and publishes its result unless another worker has
 * taken it over.
 * @throws Problem where no run can be trained here; the run is given back then
 */
export async function trainLeased(leased: LeasedRun): Promise<void> {
  const { attempt, stop, say, run } = leased;
  const watched = await watchAttempt(leased);
  const signal = AbortSignal.any([stop, watched.over]);
  let writer: ProgressWriter | null = null;
  try {
    const specification = await specificationOf(leased);
    const written = (writer = await ProgressWriter.open(attempt.progress));
    const outcome = await outcomeOf(leased, specification, written, signal);
    const progress = await withRoom(() => written.finish(), { stop, say });
    const isOurs = await withRoom(() => endAttempt(attempt, { state: 'done', outcome, progress }), {
      stop,
      say,
    });
    say(
      `${run}: ${outcome.state}${isOurs ? '' : ', but another worker has taken it over, whose result counts'}`,
    );
  } catch (error) {
    // a stop is told after its cause: what is asked for late ends the attempt all the same
    const cause: unknown = watched.over.aborted
      ? watched.over.reason
      : stop.aborted
        ? new Ended('its worker was stopped')
        : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    say(`${run}: given back: ${why}`);
    await writer?.finish().catch(() => undefined);
    // where not even that can be written, the lease expires
    await endAttempt(attempt, { state: 'given back', why }).catch(() => undefined);
    if (!(cause instanceof Ended)) throw cause;
  } finally {
    watched.close();
    await writer?.close();
  }
}

/** @throws Problem for failures that are not the run's; the signal's reason */
async function outcomeOf(
  { trainer, spool, run, attempt }: LeasedRun,
  specification: RunSpecification,
  writer: ProgressWriter,
  signal: AbortSignal,
): Promise<TrainingOutcome> {
  if ((await lostAttempts(spool, run)) >= MOST_LOST) {
    return failed(
      `${MOST_LOST} workers died while they trained this run; most likely it needs more memory than they have.`,
    );
  }
  try {
    const outcome = await trainer.work(specification, {
      signal,
      onProgress: (progress) => {
        // of this machine, which is not the one whose use is shown
        if (progress.type !== 'usage') writer.add(progress);
        if (progress.type === 'resume checkpoint') void keepLast(attempt, writer, progress.step);
      },
    });
    const { code = null, message = '' } = outcome.state === 'failed' ? outcome.failure : {};
    if (code !== null && code in OF_THE_PLACE)
      throw new Problem(OF_THE_PLACE[code as keyof typeof OF_THE_PLACE], message);
    return outcome;
  } catch (error) {
    if (error instanceof WorkerDied && !signal.aborted) return failed(error.message);
    throw error;
  }
}

/** What was told before a resume checkpoint is there for good before those go that it makes needless. */
async function keepLast({ artifacts }: AttemptPlace, writer: ProgressWriter, step: number): Promise<void> {
  try {
    await writer.toDisk();
    await keepLastResumeCheckpoints(artifacts, step);
  } catch {
    // they stay until the next is made
  }
}

function failed(message: string): TrainingOutcome {
  return { state: 'failed', failure: { code: 'trainer-died', message, step: null } };
}

/** @throws Problem `data-invalid` or `data-missing` where the data are not those that the study was submitted with */
async function specificationOf({ spool, run, task, attempt }: LeasedRun): Promise<RunSpecification> {
  const { specification, dataHash } = task;
  const found = readDescription(specification.dataset);
  if (found.hash !== dataHash) {
    throw new Problem(
      'data-invalid',
      `the data set in ${specification.dataset} is not the one that the study was submitted with: its hash is ${found.hash}, not ${dataHash}. Put the same data there, or submit the study again.`,
    );
  }
  await takeOver(spool, run, attempt);
  const { goOn, ...asked } = specification;
  const given = { ...asked, artifacts: attempt.artifacts };
  // its files came with the run
  const from = goOn?.from && { from: { ...goOn.from, folder: attempt.artifacts } };
  if (attempt.number === 1) return goOn === undefined ? given : { ...given, goOn: { ...goOn, ...from } };
  const upTo = await lastToldStep(spool, run, goOn?.upTo ?? 0);
  return { ...given, goOn: { how: 'exact', ...goOn, upTo, ...from } };
}
