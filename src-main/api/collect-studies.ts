import { Problem } from '../../src-shared/mistakes/problem.ts';
import { spoolsOf } from '../executors/spool/find-spool.ts';
import { type SpooledRun, spooledRuns } from '../spool/spool-places.ts';
import { removeRun, withdrawRun } from '../spool/withdraw-run.ts';
import type { SpoolStudy } from '../spool/spool-study.ts';
import type { Host } from './host.ts';

type Collecting = Pick<Host, 'home' | 'store' | 'queue'>;

/**
 * Has what workers have finished of a study taken into the store.
 * @param leaves parts with the rest, instead of following it to its end
 * @throws Problem `not-found` where none of its runs wait for workers
 */
export async function collectStudy(host: Collecting, study: string, leaves: boolean): Promise<void> {
  const found = (await spoolsOf(host.home, host.store().identity())).find((each) => each.study === study);
  if (!found) {
    throw new Problem(
      'not-found',
      `No run of "${study}" waits for workers: what there is of it is in the store. \`study run\` trains what is missing.`,
    );
  }
  await collect(host, found, leaves);
}

/** The same for all studies that were submitted. @throws an error of the file system or of the store */
export async function collectStudies(host: Collecting): Promise<void> {
  for (const found of await spoolsOf(host.home, host.store().identity())) {
    if (host.store().findStudy(found.study)) await collect(host, found, true);
  }
}

async function collect(
  host: Collecting,
  found: SpoolStudy & { readonly spool: string },
  leaves: boolean,
): Promise<void> {
  const { study, executor, settings, spool } = found;
  // it is followed already
  if (host.queue.status(study).activity !== 'idle') return;
  const open: string[] = [];
  const states = new Map(
    host
      .store()
      .runs({ study })
      .map(({ id, state }) => [id, state]),
  );
  for (const spooled of await spooledRuns(spool)) {
    const state = states.get(spooled.run);
    if (state === 'interrupted' || state === 'waiting' || state === 'running') open.push(spooled.run);
    // taken before, by one that was killed before it said so; or not wanted any more
    else await dropRun(found, spooled, state === 'complete');
  }
  host.queue.add(study, {
    ...{ retryDiverged: false, jobs: null, folder: null },
    executor,
    settings,
    leaves,
    only: open,
  });
}

async function dropRun(
  { spool, rhythm }: SpoolStudy & { readonly spool: string },
  spooled: SpooledRun,
  isDone: boolean,
): Promise<void> {
  if (!isDone && (await withdrawRun(spool, spooled.run, rhythm)).state === 'marked') return;
  await removeRun(spool, spooled);
}
