import { readFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Check } from '../../../../../src-shared/contract/api/settings.ts';
import { writeWhole } from '../../../../files/write-whole.ts';
import type { EngineInstallation } from '../../../installations/installation.ts';

const tuningSchema = z.object({
  /** What was measured: `machineName()`. */
  machine: z.string(),
  /** Whether TensorFlow computes with oneDNN's kernels, else with Eigen's. */
  oneDnn: z.boolean(),
  /** How many times faster a step was than with the other, the geometric mean over the networks that were measured. */
  faster: z.number(),
  at: z.string(),
});

/** How an engine computes fastest on a machine. */
export type Tuning = z.infer<typeof tuningSchema>;

/** What tells machines apart as far as speed is concerned. */
export function machineName(): string {
  const processors = cpus();
  return `${processors[0]?.model.trim() ?? 'unknown'} x ${processors.length}, ${arch()}`;
}

/** What was measured on this machine; null where nothing was, or where the home is a copy of another machine's. */
export function readTuning({ folder }: { readonly folder: string }): Tuning | null {
  try {
    const tuning = tuningSchema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
    return tuning.machine === machineName() ? tuning : null;
  } catch {
    return null;
  }
}

export function writeTuning({ folder }: { readonly folder: string }, tuning: Tuning): void {
  writeWhole(fileIn(folder), `${JSON.stringify(tuning, null, 2)}\n`);
}

/** e.g. `oneDNN, 1.57 times as fast as without` */
export function describeTuning({ oneDnn, faster }: Tuning): string {
  return `${oneDnn ? 'oneDNN' : 'Eigen'}, ${faster.toFixed(2)} times as fast as ${oneDnn ? 'without' : 'oneDNN'}`;
}

/** For `kindling doctor`. */
export function examineTuning(engine: Pick<EngineInstallation, 'folder' | 'kind'>): Check[] {
  if (engine.kind === 'gpu') return [];
  const name = 'Tuning';
  const tuning = readTuning(engine);
  if (tuning !== null) return [{ name, state: 'ok', message: describeTuning(tuning), remedy: null }];
  return [
    {
      name,
      state: 'warning',
      message:
        'the engine was not measured on this machine, so that TensorFlow chooses its kernels by itself',
      remedy: 'kindling engine tune',
    },
  ];
}

function fileIn(folder: string): string {
  return join(folder, 'tuning.json');
}
