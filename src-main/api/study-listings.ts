import type { StudyListing, SubmittedRuns } from '../../src-shared/contract/api/studies.ts';
import {
  type Attempt,
  type ExpectedCell,
  LEFT_OUT_REASONS,
  type LeftOutReason,
} from '../../src-shared/runs/account.ts';
import { isImported, type KnownStudy, mainMetric } from '../../src-shared/studies/imported-study.ts';
import type { QueueStatus } from '../scheduler/study-queue.ts';
import type { Store, StudyRecord } from '../store/store.ts';
import { accountAttempts, expectedCells } from '../store/study-account.ts';

/** Studies as the pages list them. */
export interface StudyListings {
  of(record: StudyRecord): StudyListing;
  /** A run of the study has ended. */
  recount(study: string): void;
  /** Its definition may have changed, too. */
  forget(study: string): void;
  /** Its runs in a spool; null without any. */
  noteSubmitted(study: string, runs: SubmittedRuns | null): void;
  /** Everything may have changed. */
  forgetAll(): void;
}

type Counts = Pick<StudyListing, 'wanted' | 'complete' | 'leftOut'>;

/** Counts what a study asks for and has once, and again after `recount`: a listing is told every second. */
export function studyListings(store: () => Store, status: (study: string) => QueueStatus): StudyListings {
  const known = new Map<string, Counts>();
  const submitted = new Map<string, SubmittedRuns>();
  const expected = new Map<string, readonly ExpectedCell[]>();
  const count = (record: StudyRecord): Counts => {
    const attempts = store().attempts(record.name);
    const cells = expected.get(record.name) ?? expectedCells(store(), record, attempts);
    expected.set(record.name, cells);
    return countRuns(cells, attempts);
  };
  return {
    of: (record) => {
      const { name, dataset, createdAt, updatedAt, cells, runs, definition, artifactBytes } = record;
      const { note, openedFrom, tags, trashedRuns } = record;
      const counts = known.get(name) ?? count(record);
      known.set(name, counts);
      const now = status(name);
      return {
        ...{ name, dataset, createdAt, updatedAt, cells, runs, ...counts, ...now },
        submitted: (now.activity === 'idle' && submitted.get(name)) || null,
        importedFrom: isImported(definition) ? definition.imported.format : null,
        openedFrom,
        tags,
        metric: mainMetric(definition),
        trashedRuns,
        factors: factorPaths(definition),
        bytes: artifactBytes,
        noteChangedAt: note?.changedAt ?? null,
      };
    },
    recount: (study) => void known.delete(study),
    forget: (study) => {
      known.delete(study);
      expected.delete(study);
    },
    noteSubmitted: (study, runs) => {
      if (runs === null) submitted.delete(study);
      else submitted.set(study, runs);
    },
    forgetAll: () => {
      known.clear();
      expected.clear();
    },
  };
}

function countRuns(cells: readonly ExpectedCell[], attempts: readonly Attempt[]): Counts {
  const { complete, leftOut } = accountAttempts(cells, attempts);
  const reasons = LEFT_OUT_REASONS.map((reason) => [
    reason,
    leftOut.filter((each) => each.reason === reason).length,
  ]);
  return {
    wanted: complete + leftOut.length,
    complete,
    leftOut: Object.fromEntries(reasons) as Record<LeftOutReason, number>,
  };
}

/** The factors that vary, in the order in which the study names them. */
function factorPaths(definition: KnownStudy): readonly string[] {
  if (isImported(definition)) return definition.factors;
  const { design } = definition;
  if (design.kind === 'grid') return Object.keys(design.vary);
  return [...new Set(design.cells.flatMap((cell) => Object.keys(cell)))];
}
