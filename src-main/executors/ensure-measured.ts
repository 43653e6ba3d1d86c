import { availableParallelism } from 'node:os';
import { capital } from '../../src-shared/charts/quantity.ts';
import type { Card } from '../../src-shared/machine/card.ts';
import {
  failedAlike,
  type FailedMeasurement,
  failedMeasurementSchema,
  isMeasured,
  measuredFusing,
  type MeasuredOn,
  type MeasuredTrainers,
} from '../../src-shared/studies/measured-trainers.ts';
import {
  countsToMeasure,
  fusingToMeasure,
  type JobRequest,
  threadsOf,
} from '../../src-shared/studies/plan-jobs.ts';
import type { EngineInstallation } from '../engine/installations/installation.ts';
import type { InstallOptions } from '../engine/installations/progress.ts';
import { isTuningOff } from '../engine/measuring/is-tuning-off.ts';
import { measureFusing, measureTrainers } from '../engine/measuring/measure-trainers.ts';
import type { MeasuringSite } from '../engine/measuring/measuring-processes.ts';
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

/** What is to be known of trainers of a study's network before it is planned. */
export interface Question {
  /** For people. */
  readonly about: string;
  /** Of which network, on what. */
  readonly on: MeasuredOn;
  readonly isKnown: (measured: readonly MeasuredTrainers[]) => boolean;
  /** @param onShare is told the share of what there is to do at most */
  readonly answer: (
    engine: EngineInstallation,
    site: MeasuringSite,
    onShare: (share: number) => void,
  ) => Promise<readonly Omit<MeasuredTrainers, keyof MeasuredNetwork>[]>;
}

type MeasuredNetwork = Pick<MeasuredTrainers, 'network' | 'family' | 'batch' | 'stepMacs' | 'card'>;

/** Whether several trainers are faster than one, on the card or the processor that they would share; null where there is no choice. */
export function howManyTrainers(study: StudyToMeasure, request: JobRequest): Question | null {
  const counts = countsToMeasure(request);
  if (counts.length === 0) return null;
  const on = networkOf(study, request);
  const most = Math.max(...counts);
  const cores = availableParallelism();
  return {
    about: 'how many trainers are fastest',
    on,
    isKnown: (measured) => isMeasured(measured, on),
    answer: (engine, site, onShare) =>
      measureTrainers(engine, {
        ...{ ...site, counts, onShare },
        // those on a card share the cores, too; their steps hardly use them
        threadsOf: (count) => threadsOf(cores, request.device === 'gpu' ? most : count),
      }),
  };
}

/** Whether a study's runs are faster when they are fused; null where none can be. */
export function whetherToFuse(study: StudyToMeasure, request: JobRequest): Question | null {
  const fusing = fusingToMeasure(request);
  if (fusing === null) return null;
  const { networks, jobs, threads, over, overThreads } = fusing;
  const on = { ...networkOf(study, request), networks };
  return {
    about: `whether ${networks} runs in one step are faster`,
    on,
    isKnown: (measured) => measuredFusing(measured, { ...on, jobs, over }) !== undefined,
    answer: async (engine, site) => {
      const fused = { jobs, threads, networks };
      const single = { jobs: over, threads: overThreads, networks: 1 };
      return [{ jobs, networks, over, gain: await measureFusing(engine, { fused, single }, site) }];
    },
  };
}

/**
 * Measures what is asked with a study's network, unless that is known of it: some seconds, once. Where it fails it is tried again only when
 * that has been forgotten.
 *
 * @param card on which it is measured; null for the processor
 * @returns what the user should know
 * @throws only the reason of an abort
 */
export async function ensureMeasured(
  engine: EngineInstallation,
  study: StudyToMeasure,
  { about, on, isKnown, answer }: Question,
  card: Card | null,
  { signal, onProgress }: InstallOptions,
): Promise<string[]> {
  const isAnswered = (): boolean => isKnown(knownTrainers(engine));
  if (isTuningOff() || isAnswered()) return [];
  const failing = { ...on, ...(card?.driver !== undefined && { driver: card.driver }) };
  const failed = failedAlike(failedMeasurements(engine), failing);
  if (failed) return [unmeasuredNote(about, failed.reason)];
  const detail = `${about} with ${study.family} (once)`;
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
      if (isAnswered()) return [];
      const { subject } = study;
      const measured = await answer(engine, { subject, card, signal }, tell);
      const network = { network: study.family, batch: subject.recipe.batch, ...on };
      rememberTrainers(
        engine,
        measured.map((each) => ({ ...network, ...each })),
      );
      return [];
    } finally {
      lock.release();
    }
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    noteFailure(engine, { ...failing, reason });
    return [unmeasuredNote(about, reason)];
  }
}

function noteFailure(engine: EngineInstallation, failure: FailedMeasurement): void {
  try {
    rememberFailure(engine, failedMeasurementSchema.parse(failure));
  } catch {
    // where nothing can be written, it is tried again by the next study
  }
}

function unmeasuredNote(about: string, reason: string): string {
  return `${capital(about)} with such a network could not be measured here: ${reason} (tune the engine to have the next study try again)`;
}

function networkOf({ family, stepMacs }: StudyToMeasure, { card }: JobRequest): MeasuredOn {
  return { family, stepMacs, ...(card !== undefined && { card }) };
}
