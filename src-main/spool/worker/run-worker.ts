import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { counted } from '../../../src-shared/counted.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { trainerStarter } from '../../trainer/start-trainer.ts';
import { trainerCards } from '../../trainer/trainer-cards.ts';
import type { TrainerProcess } from '../../trainer/training-work.ts';
import { WorkerDied } from '../../work/worker-died.ts';
import { HeartbeatWatch } from '../heartbeat.ts';
import { type Lease, takeLease } from '../lease.ts';
import { readIfThere } from '../spool-files.ts';
import { spooledRuns, spoolPlaces } from '../spool-places.ts';
import { readSpool } from '../spool-study.ts';
import { findRuns, type FreeRun } from './find-run.ts';
import { trainLeased } from './train-leased.ts';

export interface WorkerOptions {
  readonly spool: string;
  /** Folder of the engine; it is only read. */
  readonly home: string;
  /** Has it stop after the present step. */
  readonly stop: AbortSignal;
  /** Tells people. */
  readonly say: (line: string) => void;
}

/**
 * Trains runs of a spool, one after the other.
 * @returns whether it was stopped; else nothing is left that nobody trains
 * @throws Problem where no run can be trained here: no spool, no engine, other data, a full disk
 */
export async function runWorker({
  spool,
  home,
  stop,
  say,
}: WorkerOptions): Promise<'stopped' | 'nothing left'> {
  const { rhythm, study } = await readSpool(spool);
  const engine = selectedEngine(home);
  const waiting = await spooledRuns(spool);
  say(`worker of "${study}": ${counted(waiting.length, 'run')} in ${spool}; engine ${engine.name}`);
  const start = trainerStarter(home, engine);
  // of several that it may use it takes one, as its share
  const [card = null] = (await trainerCards(engine, null)).cards;
  const worker = `${hostname()}-${process.pid}`;
  const watch = new HeartbeatWatch(rhythm);
  const done = new Set<string>();
  const damaged = new Set<string>();
  const onDamaged = (run: string, error: unknown): void => {
    if (!damaged.has(run)) say(`${run}: left out: ${error instanceof Error ? error.message : String(error)}`);
    damaged.add(run);
  };
  const trainers = { present: null as TrainerProcess | null };
  const ready = async (threads: number): Promise<TrainerProcess> => {
    const { present } = trainers;
    if (present?.death() === null && present.about.threads === threads) return present;
    await present?.leave();
    say(`starting a trainer of ${counted(threads, 'thread')}`);
    return (trainers.present = await start(threads, stop, card));
  };
  const train = async (found: FreeRun): Promise<boolean> => {
    // first a trainer, then a run: a run that is leased has someone to train it
    const own = await ready(found.task.threads);
    const attempt = await takeLease(spool, found.run, found.number, leaseOf(worker, own));
    if (attempt === null) return false;
    say(`${found.run}: training it as attempt ${found.number}`);
    await trainLeased({ ...found, spool, attempt, rhythm, trainer: own, stop, say });
    return true;
  };
  /** Seconds in which there was nothing to train. */
  let idle = 0;
  let deaths = 0;
  let told = '';
  const sayOnce = (line: string): void => {
    if (line !== told) say((told = line));
  };
  try {
    while (!stop.aborted) {
      const found = findRuns({ spool, worker, watch, onDamaged }, done);
      for await (const free of found.free) {
        if (stop.aborted) break;
        try {
          if (await train(free)) [idle, told] = [0, ''];
          deaths = 0;
        } catch (error) {
          if (!(error instanceof WorkerDied) || stop.aborted || ++deaths >= MOST_DEATHS) throw error;
          say(`a trainer died: ${error.message}`);
        }
      }
      const isOpen = (await readIfThere(spoolPlaces.open(spool))) !== null;
      if (stop.aborted) break;
      if (found.leased() === 0 && !isOpen) return 'nothing left';
      sayOnce(waitingText(found.leased()));
      // whoever has leased the rest may be dead; if not they need no help
      if (idle > rhythm.expirySeconds + 2 * rhythm.beatSeconds) return 'nothing left';
      await wait(rhythm.beatSeconds * 500, undefined, { signal: stop }).catch(() => undefined);
      idle += rhythm.beatSeconds / 2;
    }
    return 'stopped';
  } catch (error) {
    if (stop.aborted) return 'stopped';
    throw error;
  } finally {
    await trainers.present?.leave();
  }
}

/** @param leased runs that others train */
function waitingText(leased: number): string {
  return leased > 0
    ? `waiting: others train the rest (${counted(leased, 'run')}), one of which may be given back`
    : 'waiting for runs that are still to come';
}

/** Trainers that ended in a row before they were ready. */
const MOST_DEATHS = 3;

function leaseOf(worker: string, { about }: TrainerProcess): Lease {
  return {
    worker,
    engine: about,
    host: hostname(),
    platform: `${process.platform} ${process.arch}`,
    nodeVersion: process.version,
    kindlingVersion: kindlingVersion(),
  };
}
