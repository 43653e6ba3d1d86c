import {
  keepLastResumeCheckpoints,
  removeResumeCheckpoints,
  resumeSteps,
} from '../checkpoints/resume-checkpoints.ts';
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
  const upTo = store.lastRecordedStep(run);
  return resumeSteps(store.runFolder(run)).find((step) => step <= upTo) ?? 0;
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
