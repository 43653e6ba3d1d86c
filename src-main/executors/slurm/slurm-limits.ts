import { askSlurm } from './ask-slurm.ts';
import type { Shell } from './shell.ts';

export interface SlurmLimits {
  /** Most elements of an array; 0 where arrays are off. */
  readonly arraySize: number;
  /** Most jobs that the controller holds; an element of an array counts as one. */
  readonly jobs: number;
}

/** @throws Problem `cluster` where the controller does not answer */
export async function slurmLimits(shell: Shell, signal?: AbortSignal): Promise<SlurmLimits> {
  return readLimits(await askSlurm(shell, ['scontrol', 'show', 'config'], signal));
}

/** @param text what `scontrol show config` prints: a `Key = value` a line */
function readLimits(text: string): SlurmLimits {
  const values = new Map(
    [...text.matchAll(/^(\w+)\s*=\s*(.*?)\s*$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
  const number = (key: string, unknown: number): number => {
    const value = Number(values.get(key));
    return values.has(key) && Number.isInteger(value) ? value : unknown;
  };
  return {
    // Slurm's own values where it does not say; MaxArraySize is one more than the largest index
    arraySize: Math.max(0, number('MaxArraySize', 1001)),
    jobs: number('MaxJobCount', 10_000),
  };
}
