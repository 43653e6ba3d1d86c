import { endAttempt } from '../attempt-end.ts';
import type { HeartbeatWatch } from '../heartbeat.ts';
import { lastAttempt } from '../lease.ts';
import { readIfThere } from '../spool-files.ts';
import { type SpooledRun, spooledRuns, spoolPlaces } from '../spool-places.ts';
import { readTask, type SpoolTask } from '../task-file.ts';

/** A run that may be leased. */
export interface FreeRun {
  readonly run: string;
  readonly task: SpoolTask;
  /** Of the attempt that it may be leased as. */
  readonly number: number;
}

export interface Search {
  readonly spool: string;
  /** Whose name it is that takes runs from the dead. */
  readonly worker: string;
  readonly watch: HeartbeatWatch;
  /** Of runs that cannot be trained, once each. */
  readonly onDamaged: (run: string, error: unknown) => void;
}

/** What is left of a spool for a worker. */
export interface Findings {
  /** Runs that may be leased, as they are come upon. */
  readonly free: AsyncIterable<FreeRun>;
  /** How many others have, known when all were come upon. */
  leased(): number;
}

/** Looks for runs that nobody trains. One whose worker gives no sign of life is taken from it. */
export function findRuns({ spool, worker, watch, onDamaged }: Search, done: Set<string>): Findings {
  let leased = 0;
  const look = async (spooled: SpooledRun): Promise<FreeRun | null> => {
    const { run } = spooled;
    if ((await readIfThere(spoolPlaces.cancel(spool, run))) !== null) return null;
    const last = await lastAttempt(spool, run);
    if (last?.state === 'done') done.add(run);
    if (last === null || last.state === 'done') return null;
    if (last.state === 'leased') {
      if (!(await watch.isExpired(last.attempt))) {
        leased++;
        return null;
      }
      if (!(await endAttempt(last.attempt, { state: 'lost', by: worker }))) return look(spooled);
    }
    const number = last.state === 'leased' ? last.attempt.number + 1 : last.number;
    const task = await readTask(spooled);
    return task && { run, task, number };
  };
  const free = async function* (): AsyncGenerator<FreeRun> {
    for (const spooled of await spooledRuns(spool)) {
      if (done.has(spooled.run)) continue;
      const found = await look(spooled).catch((error: unknown) => onDamaged(spooled.run, error));
      if (found) yield found;
    }
  };
  return { free: free(), leased: () => leased };
}
