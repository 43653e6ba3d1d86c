import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type FailedMeasurement,
  failedMeasurementSchema,
  type MeasuredTrainers,
  measuredTrainersSchema,
} from '../../../src-shared/studies/measured-trainers.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { keepsFloat32 } from '../chosen-tensor-float-32.ts';
import { engineKind } from '../engines/registry.ts';
import type { EngineInstallation } from '../installations/installation.ts';
import { isTuningOff } from './is-tuning-off.ts';

const recordSchema = z.object({
  /** What it holds for. */
  subject: z.record(z.string(), z.string()),
  trainers: z.array(measuredTrainersSchema),
  failures: z.array(failedMeasurementSchema).default([]),
});
type Measured = Pick<z.infer<typeof recordSchema>, 'trainers' | 'failures'>;

/** What several trainers did on this machine beside one, as an engine was tuned and as studies began; empty where nothing was measured. */
export function knownTrainers(engine: EngineInstallation): readonly MeasuredTrainers[] {
  return [...(engineKind(engine.engine)?.tuning?.trainers(engine) ?? []), ...ofStudies(engine).trainers];
}

/** What could not be measured as studies began. */
export function failedMeasurements(engine: EngineInstallation): readonly FailedMeasurement[] {
  return ofStudies(engine).failures;
}

/** Remembers what was measured as a study began. @throws an error of the file system */
export function rememberTrainers(engine: EngineInstallation, measured: readonly MeasuredTrainers[]): void {
  const { trainers, failures } = ofStudies(engine);
  write(engine, { trainers: [...trainers, ...measured], failures });
}

/** Remembers that it failed, until that is forgotten. @throws an error of the file system */
export function rememberFailure(engine: EngineInstallation, failure: FailedMeasurement): void {
  const { trainers, failures } = ofStudies(engine);
  write(engine, { trainers, failures: [...failures, failure] });
}

/** What failed is tried again. @returns whether there was anything @throws an error of the file system */
export function forgetFailures(engine: EngineInstallation): boolean {
  const { trainers, failures } = ofStudies(engine);
  if (failures.length === 0) return false;
  write(engine, { trainers, failures: [] });
  return true;
}

function write(engine: EngineInstallation, measured: Measured): void {
  const record = { subject: subjectOf(engine), ...measured };
  writeWhole(fileOf(engine), `${JSON.stringify(record, null, 2)}\n`);
}

function ofStudies(engine: EngineInstallation): Measured {
  if (isTuningOff()) return { trainers: [], failures: [] };
  try {
    return recordSchema.parse(JSON.parse(readFileSync(fileOf(engine), 'utf8')));
  } catch {
    return { trainers: [], failures: [] };
  }
}

/**
 * A home that was copied to another machine is measured anew there, and so is what computes in another way; cards are told apart within a
 * record.
 */
function subjectOf(engine: EngineInstallation): Record<string, string> {
  const { version } = engine;
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  // fewer trainers may fill a card that computes more slowly
  const products = keepsFloat32(engine) ? { products: 'float32' } : {};
  const set = (engineKind(engine.engine)?.variables ?? []).flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...{ machine: `${model} x ${availableParallelism()}, ${arch()}`, version },
    ...products,
    ...Object.fromEntries(set),
  };
}

function fileOf(engine: EngineInstallation): string {
  const subject = JSON.stringify(subjectOf(engine));
  return join(
    engine.folder,
    `trainers-${createHash('sha256').update(subject).digest('hex').slice(0, 12)}.json`,
  );
}
