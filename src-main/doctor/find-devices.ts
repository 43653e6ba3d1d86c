import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Devices } from '../../src-shared/contract/api/settings.ts';
import { nullIfProblem } from '../../src-shared/mistakes/null-if-problem.ts';
import { selectedEngine } from '../engine/installations/installation.ts';
import { trainerCards } from '../trainer/trainer-cards.ts';
import { freeBytes } from '../files/disk-full.ts';
import { findCards } from '../machine/find-cards.ts';

/** CPU, memory, NVIDIA cards (none where nvidia-smi is missing or fails) and the free space for a home. */
export async function findDevices(home: string): Promise<Devices> {
  const engine = nullIfProblem(() => selectedEngine(home));
  const found = await findCards();
  const { cards, note } =
    engine === null ? { cards: [], note: null } : await trainerCards(engine, null, found);
  return {
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    gpus: found.map(({ name, totalBytes, driver }) => ({ name, memoryBytes: totalBytes, driver })),
    trainerCards: cards,
    note,
    diskFreeBytes: freeBytes(home),
  };
}
