import { sum } from 'd3-array';
import type { Card } from '../../../src-shared/machine/card.ts';
import { type Gain, gainOf } from '../../../src-shared/studies/measured-trainers.ts';
import { startWorker } from '../../work/worker.ts';
import { engineKindNamed } from '../engines/registry.ts';
import type { EngineInstallation } from '../installations/installation.ts';
import { computingEnvironment } from '../open-engine.ts';
import { MEASURED_ENGINE, type MeasuredSubject, STEPS, type StepsWorker } from './steps-work.ts';

/** One process and several take turns so often, so that what else the machine does meets both alike. */
const ROUNDS = 5;
const MILLISECONDS = 300;
/** Between the least and the greatest lie all comparisons. */
const ALL = 1;
/** More processes are tried as long as the last ones brought so many times the speed of those before. */
const STILL_PAYS = 1.05;

export interface TrainersToMeasure {
  readonly subject: MeasuredSubject;
  /** Numbers of processes that are compared with one, rising. */
  readonly counts: readonly number[];
  /** Of each of so many processes. */
  readonly threadsOf: (count: number) => number;
  /** On which all of them compute; null for what the engine takes by itself. */
  readonly card: Card | null;
  readonly signal?: AbortSignal | undefined;
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
  { subject, counts, threadsOf, card, signal, onShare }: TrainersToMeasure,
): Promise<MeasuredCount[]> {
  const environmentOf = computingEnvironment(engine);
  const onCard = card === null ? {} : engineKindNamed(engine.engine).cardEnvironment?.(card);
  const started: StepsWorker[] = [];
  const byThreads = new Map<number, StepsWorker[]>();
  const speedOf = async (worker: StepsWorker, milliseconds: number): Promise<number> => {
    const { steps, seconds } = await worker.work({ ...subject, milliseconds }, { signal });
    return steps / seconds;
  };
  const processes = async (count: number): Promise<StepsWorker[]> => {
    const threads = threadsOf(count);
    const ready = byThreads.get(threads) ?? [];
    byThreads.set(threads, ready);
    while (ready.length < count) {
      const environment = { ...environmentOf(threads), ...onCard, [MEASURED_ENGINE]: engine.folder };
      const worker = await startWorker(STEPS, { environment, signal });
      started.push(worker);
      // compiled by one after the other, as little memory is taken
      await speedOf(worker, 0);
      ready.push(worker);
    }
    return ready.slice(0, count);
  };
  const gainOver = async (one: StepsWorker, several: readonly StepsWorker[]): Promise<Gain> => {
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const alone = await speedOf(one, MILLISECONDS);
      const together = await Promise.all(several.map((worker) => speedOf(worker, MILLISECONDS)));
      ratios.push(sum(together) / alone);
    }
    return gainOf(ratios, ALL);
  };
  const measured: MeasuredCount[] = [];
  try {
    const [one] = await processes(1);
    if (one === undefined) return [];
    for (const [place, count] of counts.entries()) {
      onShare?.(place / counts.length);
      const gain = await gainOver(one, await processes(count)).catch((error: unknown) => {
        // what was measured before one more found no memory holds
        if (measured.length === 0 || signal?.aborted) throw error;
        return null;
      });
      if (gain === null) break;
      const before = measured.at(-1)?.gain.median ?? 1;
      measured.push({ jobs: count, gain });
      if (gain.median < before * STILL_PAYS) break;
    }
    return measured;
  } finally {
    for (const worker of started) worker.kill();
    // their memory is counted on
    await Promise.all(started.map((worker) => worker.leave()));
  }
}
