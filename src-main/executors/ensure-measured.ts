import { availableParallelism } from 'node:os';
import type { Card } from '../../src-shared/machine/card.ts';
import {
  failedAlike,
  type FailedMeasurement,
  failedMeasurementSchema,
  isMeasured,
  type MeasuredTrainers,
} from '../../src-shared/studies/measured-trainers.ts';
import { countsToMeasure, type JobRequest, threadsOf } from '../../src-shared/studies/plan-jobs.ts';
import type { EngineInstallation } from '../engine/installations/installation.ts';
import type { InstallOptions } from '../engine/installations/progress.ts';
import { isTuningOff } from '../engine/measuring/is-tuning-off.ts';
import { measureTrainers } from '../engine/measuring/measure-trainers.ts';
import { waitForMeasuring } from '../engine/measuring/measuring-lock.ts';
import type { MeasuredSubject } from '../engine/measuring/steps-work.ts';
import {
  failedMeasurements,
  knownTrainers,
  rememberFailure,
  rememberTrainers,
} from '../engine/measuring/trainers-record.ts';

/** A study whose trainers are to be as many as are fastest. */
export interface StudyToMeasure {
  /** Its typical training: that of the cell whose steps have most nearly the mean work. */
  readonly subject: MeasuredSubject;
  readonly family: string;
  /** Multiply-accumulate operations of a step of it. */
  readonly stepMacs: number;
}

/**
 * Measures whether several trainers are faster than one with a study's network, on the card or the processor that they would share, unless
 * that is known of it: some seconds, once. Where it fails it is tried again only when that has been forgotten.
 *
 * @param request as it will be planned
 * @returns what the user should know
 * @throws only the reason of an abort
 */
export async function ensureMeasured(
  engine: EngineInstallation,
  study: StudyToMeasure,
  request: JobRequest,
  card: Card | null,
  { signal, onProgress }: InstallOptions,
): Promise<string[]> {
  const counts = countsToMeasure(request);
  const about = {
    ...study,
    ...deviceOf(request),
    ...(card?.driver !== undefined && { driver: card.driver }),
  };
  const isKnown = (): boolean => isMeasured(knownTrainers(engine), about);
  if (counts.length === 0 || isTuningOff() || isKnown()) return [];
  const failed = failedAlike(failedMeasurements(engine), about);
  if (failed) return [unmeasuredNote(failed.reason)];
  const detail = `how many trainers are fastest with ${study.family} (once)`;
  const tell = (share: number): void =>
    onProgress?.({ stage: 'measure', detail, done: Math.round(100 * share), total: 100 });
  try {
    tell(0);
    const lock = await waitForMeasuring(engine, {
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    try {
      // another may have measured meanwhile
      if (isKnown()) return [];
      const most = Math.max(...counts);
      const cores = availableParallelism();
      const measured = await measureTrainers(engine, {
        ...{ subject: study.subject, counts, card, signal, onShare: tell },
        // those on a card share the cores, too; their steps hardly use them
        threadsOf: (count) => threadsOf(cores, request.device === 'gpu' ? most : count),
      });
      rememberTrainers(
        engine,
        measured.map((each): MeasuredTrainers => ({ ...each, ...aboutOf(study, request) })),
      );
      return [];
    } finally {
      lock.release();
    }
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    noteFailure(engine, { ...about, reason });
    return [unmeasuredNote(reason)];
  }
}

function noteFailure(engine: EngineInstallation, failure: FailedMeasurement): void {
  try {
    rememberFailure(engine, failedMeasurementSchema.parse(failure));
  } catch {
    // where nothing can be written, it is tried again by the next study
  }
}

function unmeasuredNote(reason: string): string {
  return `How many trainers are fastest with such a network could not be measured here: ${reason} (\`kindling engine tune\` has the next study try again)`;
}

function aboutOf(
  { family, stepMacs, subject }: StudyToMeasure,
  request: JobRequest,
): Omit<MeasuredTrainers, 'jobs' | 'gain'> {
  return { network: family, family, batch: subject.recipe.batch, stepMacs, ...deviceOf(request) };
}

function deviceOf({ card }: JobRequest): Pick<MeasuredTrainers, 'card'> {
  return card === undefined ? {} : { card };
}
