import type { SubmittedRuns } from '../../../src-shared/contract/api/studies.ts';
import { type SpooledRun, spooledRuns } from '../../spool/spool-places.ts';
import { findSpool, readSpool } from '../../spool/spool-study.ts';
import { markUnwanted, removeRun, withdrawRun } from '../../spool/withdraw-run.ts';
import { type FoundSpool, forgetSpool, removeEmptySpool } from './find-spool.ts';
import { submittedRuns } from './submitted-runs.ts';

/** What is done with a spool besides opening it. Each throws an error of the file system, or a Problem of the host that it is on. */
export interface SpoolVisit {
  /** Ids of the runs that are in it. */
  runs(): Promise<readonly string[]>;
  /** What it tells of them; null where it has none. @throws DamagedFile */
  submitted(): Promise<SubmittedRuns | null>;
  /** Has nobody train a run any more, with all that came of it. */
  stop(run: string): Promise<void>;
  /** Takes a run out of it, unless a worker that trains it does not answer. @param isComplete nobody trains it */
  drop(run: string, isComplete: boolean): Promise<void>;
  /** Removes it where it has no run. */
  removeIfEmpty(): Promise<void>;
}

/**
 * Does something with a spool, wherever it is.
 * @param signal ends it where the spool is on a host
 * @throws what that throws; HostUnreachable; the signal's reason
 */
export async function visitSpool<T>(
  home: string,
  found: FoundSpool,
  action: (visit: SpoolVisit) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { spool, at, study, store, executor, settings } = found;
  if (at === null) return action(visitHere(home, spool));
  const { connectRelay } = await import('../ssh/relay-connection.ts');
  const relay = await connectRelay(at, { signal });
  const stop = (): void => relay.close();
  signal?.addEventListener('abort', stop);
  try {
    return await action({
      runs: () => relay.ask('runs', { spool }),
      submitted: async () => {
        const runs = await relay.ask('submitted', { spool });
        return runs && { ...runs, folder: `${at.host}:${runs.folder}` };
      },
      stop: async (run) => {
        await relay.ask('stop', { spool, run });
      },
      drop: async (run, isComplete) => {
        await relay.ask('drop', { spool, run, isComplete });
      },
      removeIfEmpty: async () => {
        const isGone = await relay.ask('remove if empty', { spool });
        if (isGone) await forgetSpool(home, { spool, on: { at, study, store, executor, settings } });
      },
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    relay.close();
  }
}

/** A spool on a disk that this machine sees. */
export function visitHere(home: string, spool: string): SpoolVisit {
  return {
    runs: async () => (await spooledRuns(spool)).map(({ run }) => run),
    submitted: async () => {
      const study = await findSpool(spool);
      return study && submittedRuns(spool, study.executor);
    },
    stop: (run) => markUnwanted(spool, run),
    drop: async (run, isComplete) => {
      const spooled = (await spooledRuns(spool)).find((each) => each.run === run);
      if (spooled) await dropRun(spool, spooled, isComplete);
    },
    removeIfEmpty: () => removeEmptySpool(home, spool),
  };
}

async function dropRun(spool: string, spooled: SpooledRun, isComplete: boolean): Promise<void> {
  const { rhythm } = await readSpool(spool);
  if (isComplete || (await withdrawRun(spool, spooled.run, rhythm)).state !== 'marked')
    await removeRun(spool, spooled);
}
