import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type MeasuredTrainers,
  measuredTrainersSchema,
} from '../../../src-shared/studies/measured-trainers.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { engineKind } from '../engines/registry.ts';
import type { EngineInstallation } from '../installations/installation.ts';
import { isTuningOff } from './is-tuning-off.ts';

const recordSchema = z.object({
  /** What it holds for. */
  subject: z.record(z.string(), z.string()),
  trainers: z.array(measuredTrainersSchema),
});

/** What several trainers did on this machine beside one, as an engine was tuned and as studies began; empty where nothing was measured. */
export function knownTrainers(engine: EngineInstallation): readonly MeasuredTrainers[] {
  return [...(engineKind(engine.engine)?.tuning?.trainers(engine) ?? []), ...ofStudies(engine)];
}

/** Remembers what was measured as a study began. @throws an error of the file system */
export function rememberTrainers(engine: EngineInstallation, measured: readonly MeasuredTrainers[]): void {
  const record = { subject: subjectOf(engine), trainers: [...ofStudies(engine), ...measured] };
  writeWhole(fileOf(engine), `${JSON.stringify(record, null, 2)}\n`);
}

function ofStudies(engine: EngineInstallation): readonly MeasuredTrainers[] {
  if (isTuningOff()) return [];
  try {
    return recordSchema.parse(JSON.parse(readFileSync(fileOf(engine), 'utf8'))).trainers;
  } catch {
    return [];
  }
}

/** A home that was copied to another machine is measured anew there; cards are told apart within a record. */
function subjectOf({ version }: EngineInstallation): Record<string, string> {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return { machine: `${model} x ${availableParallelism()}, ${arch()}`, version };
}

function fileOf(engine: EngineInstallation): string {
  const subject = JSON.stringify(subjectOf(engine));
  return join(
    engine.folder,
    `trainers-${createHash('sha256').update(subject).digest('hex').slice(0, 12)}.json`,
  );
}
