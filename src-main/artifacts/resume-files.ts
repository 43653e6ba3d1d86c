import {
  keepLastResumeCheckpoints,
  removeResumeCheckpoints,
  resumeSteps,
} from '../checkpoints/resume-checkpoints.ts';
import type { KeptSteps } from '../../src-shared/runs/going-on-texts.ts';
import { canGoOn } from '../../src-shared/studies/can-go-on.ts';
import { computedOtherwise } from '../../src-shared/studies/computed-otherwise.ts';
import type { HowToGoOn } from '../../src-shared/studies/how-to-go-on.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { ComputedBy } from '../../src-shared/studies/trainer-protocol.ts';
import type { Store } from '../store/store.ts';
import { ownsRunFolder } from './run-folders.ts';

/**
 * Removes the resume checkpoints of all runs that go on no more. The store has the end of a run first: cut off in between, the run has
 * ended all the same, and the next call removes them.
 */
export function removeEndedResumes(store: Store): void {
  for (const run of store.resumeRemovals()) {
    removeResumes(store, [run]);
    store.endResumeRemoval(run);
  }
}

/** Removes the resume checkpoints of runs, so that no later start takes them up. Those of a copied store are the original's. */
export function removeResumes(store: Store, runs: readonly string[]): void {
  for (const run of runs) if (ownsRunFolder(store, run)) removeResumeCheckpoints(store.runFolder(run));
}

/** Steps that a run has behind it by its last resume checkpoint; whether that can be used its trainer will tell. */
export function keptSteps(store: Store, run: string): number {
  return usableSteps(store, run)[0] ?? 0;
}

/** The steps of the resume checkpoints of a run up to which everything is recorded, the last first. */
export function usableSteps(store: Store, run: string): readonly number[] {
  const steps = resumeSteps(store.runFolder(run));
  if (steps.length === 0) return [];
  const upTo = store.lastRecordedStep(run);
  return steps.filter((step) => step <= upTo);
}

/** The step from which a run that was interrupted goes on, here or after a start, 0 for its beginning; null for any other run, and one that was skipped or repeated. */
export function goesOnAt(
  store: Store,
  run: Pick<
    RunRecord,
    'id' | 'state' | 'failure' | 'importedFrom' | 'openedFrom' | 'step' | 'skipped' | 'repeated'
  >,
): number | null {
  if (run.skipped || run.repeated) return null;
  const goesOn = canGoOn(run) || (run.state === 'waiting' && run.step !== null);
  return goesOn ? keptSteps(store, run.id) : null;
}

/** Where a run would go on that was interrupted. @param computedBy what is going to compute it, as far as it is known */
export function keptAtStart(
  store: Store,
  run: string,
  { how, computedBy }: { readonly how: HowToGoOn; readonly computedBy: Partial<ComputedBy> },
): KeptSteps {
  const step = how === 'never' ? 0 : keptSteps(store, run);
  const provenance = store.provenance(run);
  if (step === 0 || how === 'any' || provenance === null) return { step, why: null };
  const before = { ...provenance.engine, kindling: provenance.kindlingVersion };
  const why = computedOtherwise(computedBy, before);
  return { step: why === null ? step : 0, why };
}

/** Everything up to a resume checkpoint of a run is recorded: those that it makes needless go, once no power cut can take the points. */
export async function keepLastResumes(store: Store, run: string, upTo: number): Promise<void> {
  try {
    await store.toDisk();
    await keepLastResumeCheckpoints(store.runFolder(run), upTo);
  } catch {
    // they stay until the next is made
  }
}
