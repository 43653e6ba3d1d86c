import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { RunState } from '../../src-shared/studies/run-state.ts';
import { type FoundSpool, removeEmptySpool, spoolsOf } from '../executors/spool/find-spool.ts';
import { submittedRuns } from '../executors/spool/submitted-runs.ts';
import type { Launch } from '../scheduler/study-queue.ts';
import { spooledRuns } from '../spool/spool-places.ts';
import { markUnwanted, removeRun, withdrawRun } from '../spool/withdraw-run.ts';
import type { Host } from './host.ts';

type Collecting = Pick<Host, 'home' | 'store' | 'queue'>;

/** Has a study run where its runs are, unless a person says otherwise: runs that workers have would be trained twice. */
export async function launchStudy(host: Collecting, study: string, launch: Launch): Promise<void> {
  const isSaid = launch.executor !== null || host.queue.status(study).activity !== 'idle';
  const found = isSaid ? null : await spoolOfStudy(host, study);
  const isThere = found !== null && (await spooledRuns(found.spool)).length > 0;
  const there = isThere ? { executor: found.executor, settings: found.settings } : {};
  host.queue.add(study, { ...launch, ...there });
}

/**
 * Has what workers have finished of a study taken into the store.
 * @param leaves parts with the rest, instead of following it to its end
 * @returns whether there was anything to be taken: not where it is followed already
 * @throws Problem `not-found` where none of its runs wait for workers
 */
export async function collectStudy(host: Collecting, study: string, leaves: boolean): Promise<boolean> {
  const found = await spoolOfStudy(host, study);
  if (!found) {
    throw new Problem(
      'not-found',
      `No run of "${study}" waits for workers: what there is of it is in the store. \`study run\` trains what is missing.`,
    );
  }
  return collect(host, found, leaves);
}

/**
 * Follows all studies that were submitted. One that has ended with a problem waits until somebody asks for it.
 * @throws an error of the file system or of the store
 */
export async function followSubmitted(host: Collecting): Promise<void> {
  for (const found of await spoolsOf(host.home, host.store().identity())) {
    const { problem } = host.queue.status(found.study);
    if (problem === null && host.store().findStudy(found.study)) await collect(host, found, false);
  }
}

/** Takes out of a study's spool what is not to be trained any more, and removes it where nothing is left. */
export async function tidySpool(host: Collecting, study: string): Promise<void> {
  const found = await spoolOfStudy(host, study);
  if (!found) return;
  await dropEnded(host, found);
  if (host.queue.status(study).activity === 'idle') await removeEmptySpool(host.home, found.spool);
}

/**
 * Has workers stop what they train of a study that is given up. What there is of it stays in its spool: brought back from the trash, the
 * study goes on there.
 * @returns how many runs they had
 */
export async function stopSubmitted(host: Collecting, study: string): Promise<number> {
  const found = await spoolOfStudy(host, study);
  const runs = found === null ? [] : await spooledRuns(found.spool);
  for (const { run } of runs) await markUnwanted(found?.spool ?? '', run);
  return runs.length;
}

/** Removes the spools of studies that have been deleted. */
export async function removeDeletedSpools(host: Collecting): Promise<void> {
  const store = host.store();
  const trashed = new Set(store.trashed().map(({ name }) => name));
  for (const found of await spoolsOf(host.home, store.identity())) {
    if (trashed.has(found.study) || store.findStudy(found.study)) continue;
    await dropEnded(host, found);
    await removeEmptySpool(host.home, found.spool);
  }
}

/** Has the listings say what spools have of studies that nobody here follows. */
export async function noteSubmitted({ home, store, queue, listings, emitStudy }: Host): Promise<void> {
  for (const found of await spoolsOf(home, store().identity())) {
    if (queue.status(found.study).activity !== 'idle') continue;
    listings.noteSubmitted(found.study, await submittedRuns(found));
    emitStudy(found.study);
  }
}

async function spoolOfStudy({ home, store }: Collecting, study: string): Promise<FoundSpool | null> {
  return (await spoolsOf(home, store().identity())).find((each) => each.study === study) ?? null;
}

async function collect(host: Collecting, found: FoundSpool, leaves: boolean): Promise<boolean> {
  const { study, executor, settings } = found;
  if (host.queue.status(study).activity !== 'idle') return false;
  const only = await dropEnded(host, found);
  // asked for meanwhile
  if (host.queue.status(study).activity !== 'idle') return false;
  if (only.length === 0) {
    await removeEmptySpool(host.home, found.spool);
    return false;
  }
  host.queue.add(study, {
    ...{ retryDiverged: false, jobs: null, folder: null },
    ...{ executor, settings, leaves, only },
  });
  return true;
}

/**
 * Runs that have ended stay in the spool where who took them was killed before it said so; or are not wanted any more.
 * @returns the ids of the others
 */
async function dropEnded({ store }: Collecting, found: FoundSpool): Promise<string[]> {
  const { spool, study, rhythm } = found;
  const spooled = await spooledRuns(spool);
  const states = new Map<string, RunState>(
    store()
      .runs({ study })
      .map(({ id, state }) => [id, state]),
  );
  const isOpen = (run: string): boolean => OPEN.has(states.get(run) ?? 'cancelled');
  for (const each of spooled.filter(({ run }) => !isOpen(run))) {
    const isDone = states.get(each.run) === 'complete';
    if (isDone || (await withdrawRun(spool, each.run, rhythm)).state !== 'marked')
      await removeRun(spool, each);
  }
  return spooled.map(({ run }) => run).filter(isOpen);
}

const OPEN: ReadonlySet<RunState> = new Set(['interrupted', 'waiting', 'running']);
