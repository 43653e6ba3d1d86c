import type { Gain } from '../../../src-shared/studies/measured-trainers.ts';
import type { EngineInstallation } from '../installations/installation.ts';
import { type Crew, MeasuringProcesses, type MeasuringSite } from './measuring-processes.ts';

/** More processes are tried as long as the last ones brought so many times the speed of those before. */
const STILL_PAYS = 1.05;

export interface TrainersToMeasure extends MeasuringSite {
  /** Numbers of processes that are compared with one, rising. */
  readonly counts: readonly number[];
  /** Of each of so many processes. */
  readonly threadsOf: (count: number) => number;
  /** @param share of what there is to do at most */
  readonly onShare?: (share: number) => void;
}

export interface MeasuredCount {
  readonly jobs: number;
  /** Their images/s together over those of one. */
  readonly gain: Gain;
}

/**
 * Trains a network on an engine in one process and in several at the same time, by turns.
 * @throws WorkerDied, Problem or what the engine throws where not even the first number could be measured; the reason of an abort
 */
export async function measureTrainers(
  engine: EngineInstallation,
  { counts, threadsOf, onShare, ...site }: TrainersToMeasure,
): Promise<MeasuredCount[]> {
  const processes = new MeasuringProcesses(engine, site);
  const crew = (jobs: number): Crew => ({ jobs, threads: threadsOf(jobs), networks: 1 });
  const measured: MeasuredCount[] = [];
  try {
    for (const [place, count] of counts.entries()) {
      onShare?.(place / counts.length);
      const gain = await processes.gainOver(crew(1), crew(count)).catch((error: unknown) => {
        // what was measured before one more found no memory holds
        if (measured.length === 0 || site.signal?.aborted) throw error;
        return null;
      });
      if (gain === null) break;
      const before = measured.at(-1)?.gain.median ?? 1;
      measured.push({ jobs: count, gain });
      if (gain.median < before * STILL_PAYS) break;
    }
    return measured;
  } finally {
    await processes.end();
  }
}

/**
 * Trains networks on an engine fused and one by one, by turns.
 * @returns the images/s of the fused ones over those of the others, all processes together
 * @throws WorkerDied, Problem or what the engine throws; the reason of an abort
 */
export async function measureFusing(
  engine: EngineInstallation,
  { fused, single }: { readonly fused: Crew; readonly single: Crew },
  site: MeasuringSite,
): Promise<Gain> {
  const processes = new MeasuringProcesses(engine, site);
  try {
    return await processes.gainOver(single, fused);
  } finally {
    await processes.end();
  }
}
