import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Devices } from '../../src-shared/contract/api/settings.ts';
import { freeBytes } from '../files/disk-full.ts';
import { runCommand } from '../work/run-command.ts';

const MEBIBYTE = 2 ** 20;

/** Processor, memory, NVIDIA cards (none where nvidia-smi is missing or fails) and the free space for a home. */
export async function findDevices(home: string): Promise<Devices> {
  return {
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    gpus: await findCards(),
    diskFreeBytes: freeBytes(home),
  };
}

async function findCards(): Promise<Devices['gpus']> {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'];
  try {
    const { status, stdout } = await runCommand('nvidia-smi', query, { timeout: 20_000 });
    return status === 0 ? parseCards(stdout) : [];
  } catch {
    return [];
  }
}

/** Lines of `NVIDIA H100 80GB HBM3, 81559, 570.86.15`; the memory is in MiB. */
export function parseCards(text: string): Devices['gpus'] {
  return text
    .split('\n')
    .map((line) => line.split(',').map((field) => field.trim()))
    .filter((fields) => fields.length === 3)
    .map(([name = '', memory = '', driver = '']) => ({
      name,
      memoryBytes: (Number.parseInt(memory, 10) || 0) * MEBIBYTE,
      driver,
    }));
}
