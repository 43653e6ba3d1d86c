import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { RunState } from '../../src-shared/studies/run-state.ts';
import { executorNamed, USUAL_EXECUTOR } from '../executors/registry.ts';
import { type FoundSpool, spoolsOf } from '../executors/spool/find-spool.ts';
import { type SpoolVisit, visitSpool } from '../executors/spool/visit-spool.ts';
import { HostUnreachable } from '../executors/ssh/host-unreachable.ts';
import type { Launch } from '../scheduler/study-queue.ts';
import type { Host } from './host.ts';

type Collecting = Pick<Host, 'home' | 'store' | 'queue'>;
type NotWaiting = Collecting & Pick<Host, 'afterwards'>;

/**
 * Has a study run where its runs are, unless a person says otherwise: runs that workers have would be trained twice.
 * @throws Problem `usage` where they are elsewhere, and something is said of the trainers of this machine
 */
export async function launchStudy(host: Collecting, study: string, launch: Launch): Promise<void> {
  const { activity, elsewhere } = host.queue.status(study);
  const isSaid = launch.executor !== null || activity !== 'idle';
  const found = isSaid ? null : await spoolOfStudy(host, study);
  const runs = found && (await visitSpool(host.home, found, (visit) => visit.runs()));
  const there = runs && runs.length > 0 ? found : null;
  const place = there ? executorNamed(there.executor).title : elsewhere;
  if (place !== null && launch.executor === null && launch.settings !== undefined)
    throw saidOfThisMachine(study, place);
  host.queue.add(study, {
    ...launch,
    ...(there && { executor: there.executor, settings: there.settings }),
  });
}

function saidOfThisMachine(study: string, place: string): Problem {
  const why = `"${study}" is trained elsewhere (${place}), and what was said is of trainers of this machine`;
  return new Problem(
    'usage',
    `${why} (--devices, --fuse): leave it out, or add --executor ${USUAL_EXECUTOR.name} to go on here.`,
    { fact: `${why}: leave it out, or choose ${USUAL_EXECUTOR.title} to go on here.` },
  );
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
 * Follows all studies that were submitted. One that has ended with a problem waits until somebody asks for it; one on a host that cannot be
 * reached now is tried again.
 * @throws an error of the file system or of the store
 */
export async function followSubmitted(host: Collecting): Promise<void> {
  for (const found of await spoolsOf(host.home, host.store().identity())) {
    const { problem } = host.queue.status(found.study);
    if (problem !== null || !host.store().findStudy(found.study)) continue;
    try {
      await collect(host, found, false);
    } catch (error) {
      if (!(error instanceof HostUnreachable)) throw error;
      if (!error.mayPass) host.queue.noteProblem(found.study, error.message);
    }
  }
}

/** Takes out of a study's spool what is not to be trained any more, and removes it where nothing is left. */
export async function tidySpool(host: Collecting, study: string, signal?: AbortSignal): Promise<void> {
  const found = await spoolOfStudy(host, study);
  if (found) await clearSpool(host, found, signal);
}

/**
 * Has workers stop what they train of a study that is given up, unless they are on a host that cannot be reached. What there is of it stays
 * in its spool: brought back from the trash, the study goes on there.
 */
export async function stopSubmitted(host: NotWaiting, study: string): Promise<void> {
  const found = await spoolOfStudy(host, study);
  if (!found) return;
  const stop = (signal?: AbortSignal): Promise<void> =>
    whereReached(
      host,
      found,
      async (visit) => {
        for (const run of await visit.runs()) await visit.stop(run);
      },
      signal,
    );
  await unlessOnHost(host, found, stop);
}

/** Removes the spools of studies that have been deleted; those on hosts soon. */
export async function removeDeletedSpools(host: NotWaiting): Promise<void> {
  const store = host.store();
  const trashed = new Set(store.trashed().map(({ name }) => name));
  for (const found of await spoolsOf(host.home, store.identity())) {
    if (!trashed.has(found.study) && !store.findStudy(found.study))
      await unlessOnHost(host, found, (signal) => clearSpool(host, found, signal));
  }
}

/** Waits for what is done with a spool, but not for a host, which may take its time. */
async function unlessOnHost(
  { afterwards }: NotWaiting,
  { at }: FoundSpool,
  action: (signal?: AbortSignal) => Promise<void>,
): Promise<void> {
  if (at === null) return action();
  afterwards(action);
}

async function clearSpool(host: Collecting, found: FoundSpool, signal?: AbortSignal): Promise<void> {
  await whereReached(
    host,
    found,
    async (visit) => {
      await dropEnded(host, found.study, visit);
      if (host.queue.status(found.study).activity === 'idle') await visit.removeIfEmpty();
    },
    signal,
  );
}

/**
 * Nothing where the host that a spool is on cannot be reached: whoever looks after it the next time does the same.
 * @param signal fires when it is not waited for any more
 */
async function whereReached(
  { home }: Pick<Collecting, 'home'>,
  found: FoundSpool,
  action: (visit: SpoolVisit) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await visitSpool(home, found, action, signal);
  } catch (error) {
    if (!(error instanceof HostUnreachable) && !signal?.aborted) throw error;
  }
}

/** Has the listings say what spools have of studies that nobody here follows. */
export async function noteSubmitted({ home, store, queue, listings, emitStudy }: Host): Promise<void> {
  for (const found of await spoolsOf(home, store().identity())) {
    const { activity, problem } = queue.status(found.study);
    // a host that lets nobody in is not asked every minute
    if (activity !== 'idle' || (found.at && problem !== null)) continue;
    // nor for a study in the trash
    if (!store().findStudy(found.study)) continue;
    await whereReached({ home }, found, async (visit) => {
      listings.noteSubmitted(found.study, await visit.submitted());
      emitStudy(found.study);
    });
  }
}

async function spoolOfStudy({ home, store }: Collecting, study: string): Promise<FoundSpool | null> {
  return (await spoolsOf(home, store().identity())).find((each) => each.study === study) ?? null;
}

async function collect(host: Collecting, found: FoundSpool, leaves: boolean): Promise<boolean> {
  const { study, executor, settings } = found;
  const isIdle = (): boolean => host.queue.status(study).activity === 'idle';
  if (!isIdle()) return false;
  const only = await visitSpool(host.home, found, async (visit) => {
    const open = await dropEnded(host, study, visit);
    if (open.length === 0 && isIdle()) await visit.removeIfEmpty();
    return open;
  });
  // it may have been asked for meanwhile
  if (only.length === 0 || !isIdle()) return false;
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
async function dropEnded(
  { store }: Pick<Collecting, 'store'>,
  study: string,
  visit: SpoolVisit,
): Promise<string[]> {
  const submitted = await visit.runs();
  const states = new Map<string, RunState>(
    store()
      .runs({ study })
      .map(({ id, state }) => [id, state]),
  );
  const isOpen = (run: string): boolean => OPEN.has(states.get(run) ?? 'cancelled');
  for (const run of submitted.filter((each) => !isOpen(each)))
    await visit.drop(run, states.get(run) === 'complete');
  return submitted.filter(isOpen);
}

const OPEN: ReadonlySet<RunState> = new Set(['interrupted', 'waiting', 'running']);
