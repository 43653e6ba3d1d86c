import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import type { Design } from '../../src-shared/studies/study-definition.ts';
import { wantedRuns } from '../../src-shared/studies/wanted-runs.ts';
import type { QueueStatus } from '../scheduler/study-queue.ts';
import type { Store, StudyRecord } from '../store/store.ts';

/** Studies as the pages list them. */
export interface StudyListings {
  of(record: StudyRecord): StudyListing;
  /** A run of the study has ended, or its definition has changed. */
  forget(study: string): void;
  /** Everything may have changed. */
  forgetAll(): void;
}

type Counts = Pick<StudyListing, 'wanted' | 'complete'>;

/** Counts what a study asks for and has once, and again after `forget`: a listing is told every second. */
export function studyListings(store: () => Store, status: (study: string) => QueueStatus): StudyListings {
  const known = new Map<string, Counts>();
  return {
    of: (record) => {
      const { name, dataset, createdAt, updatedAt, cells, runs, definition, artifactBytes } = record;
      const counts = known.get(name) ?? count(store(), record);
      known.set(name, counts);
      return {
        ...{ name, dataset, createdAt, updatedAt, cells, runs, ...counts, ...status(name) },
        factors: factorPaths(definition.design),
        bytes: artifactBytes,
      };
    },
    forget: (study) => void known.delete(study),
    forgetAll: () => known.clear(),
  };
}

function count(store: Store, { name, definition }: StudyRecord): Counts {
  const complete = store.completeSeeds(name);
  const wanted = wantedRuns(definition, store.cells(name));
  const done = wanted.filter(({ cell, seed }) => complete.get(cell.id)?.includes(seed));
  return { wanted: wanted.length, complete: done.length };
}

/** The factors that vary, in the order in which the study names them. */
function factorPaths(design: Design): string[] {
  if (design.kind === 'grid') return Object.keys(design.vary);
  return [...new Set(design.cells.flatMap((cell) => Object.keys(cell)))];
}
