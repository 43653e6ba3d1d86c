import { readFileSync, rmSync } from 'node:fs';
import type { ExclusiveLock } from '../../../../files/exclusive-lock.ts';
import { writeWhole } from '../../../../files/write-whole.ts';
import type { EngineInstallation } from '../../../installations/installation.ts';
import type { InstallOptions, InstallProgress } from '../../../installations/progress.ts';
import { isTuningOff, TUNING } from '../../../measuring/is-tuning-off.ts';
import { waitForMeasuring } from '../../../measuring/measuring-lock.ts';
import { readTuning, type Tuning, tuningFile, writeTuning } from './tuning.ts';

/**
 * Measures an engine for the processor unless that was done on this machine. Where it fails the engine computes as TensorFlow
 * chooses; it is tried again by `tuneAnew` only.
 * @returns what the user should know
 * @throws only the reason of an abort
 */
export async function ensureTuning(engine: EngineInstallation, options: InstallOptions): Promise<string[]> {
  if (engine.kind === 'gpu' || isTuningOff() || readTuning(engine) !== null) return [];
  const onProgress = (progress: InstallProgress): void =>
    options.onProgress?.({ ...progress, detail: `${progress.detail} once (${TUNING}=off skips it)` });
  const reason = failureOf(engine) ?? (await measuredOnce(engine, { ...options, onProgress }));
  return reason === null ? [] : [untunedNote(engine, reason)];
}

/** Measures an engine and records what is fastest. What was recorded before stays where it throws. @throws as `measureTensorFlow` */
export async function tuneAnew(engine: EngineInstallation, options: InstallOptions): Promise<void> {
  const lock = await waitForMeasuring(engine, options);
  try {
    writeTuning(engine, await measured(engine, options));
    rmSync(failureFile(engine), { force: true });
  } finally {
    lock.release();
  }
}

/** Why it failed; null where it has not. @throws the reason of an abort */
async function measuredOnce(engine: EngineInstallation, options: InstallOptions): Promise<string | null> {
  let lock: ExclusiveLock | null = null;
  try {
    lock = await waitForMeasuring(engine, options);
    // another may have measured meanwhile
    if (readTuning(engine) === null) writeTuning(engine, await measured(engine, options));
    return null;
  } catch (error) {
    options.signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    noteFailure(engine, reason);
    return reason;
  } finally {
    lock?.release();
  }
}

/** Most studies find a record: what measures is loaded only where there is none. */
async function measured(engine: EngineInstallation, options: InstallOptions): Promise<Tuning> {
  return (await import('./tune.ts')).measureTensorFlow(engine, options);
}

function failureFile(engine: EngineInstallation): string {
  return `${tuningFile(engine)}.failed`;
}

function failureOf(engine: EngineInstallation): string | null {
  try {
    return readFileSync(failureFile(engine), 'utf8');
  } catch {
    return null;
  }
}

function noteFailure(engine: EngineInstallation, reason: string): void {
  try {
    writeWhole(failureFile(engine), reason);
  } catch {
    // Where nothing can be written, it is tried again by the next study.
  }
}

function untunedNote({ name }: EngineInstallation, reason: string): string {
  return `${name} is not tuned to this machine and computes as TensorFlow chooses: ${reason} (tune the engine to try again)`;
}
