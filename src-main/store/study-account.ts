import {
  accountRuns,
  type Attempt,
  type ExpectedCell,
  type LeftOut,
  type ValuedAttempt,
} from '../../src-shared/runs/account.ts';
import type { StoredCell } from '../../src-shared/studies/cell.ts';
import { type CellSeeds, cellSeeds } from '../../src-shared/studies/cell-seeds.ts';
import { isImported, type KnownStudy } from '../../src-shared/studies/imported-study.ts';
import type { StudyRecord, StudyStore } from './store.ts';

/** What the store has of a study, as its file asks for it. */
export interface StudyAccount {
  /** Complete runs that the file asks for, one for each cell and seed. */
  readonly complete: number;
  /** The others that it asks for, and what became of them. */
  readonly leftOut: readonly LeftOut[];
  /** Complete runs of cells and seeds that it does not name (any more). */
  readonly unasked: number;
}

export function studyAccount(
  store: Pick<StudyStore, 'cellFactors' | 'attempts'>,
  study: Pick<StudyRecord, 'name' | 'definition'>,
): StudyAccount {
  const attempts = store.attempts(study.name);
  return accountAttempts(expectedCells(store, study, attempts), attempts);
}

/**
 * The cells and seeds that the study's file asks for; they stay the same until it is saved again, but for seeds that are added by
 * a rule.
 *
 * @param attempts all of the study
 */
export function expectedCells(
  store: Pick<StudyStore, 'cellFactors'>,
  { name, definition }: Pick<StudyRecord, 'name' | 'definition'>,
  attempts: readonly ValuedAttempt[],
): ExpectedCell[] {
  const seedsOf = seedsOfStudy(definition, () => attempts);
  return store.cellFactors(name).map((cell) => ({ id: cell.id, seeds: seedsOf(cell).asked }));
}

/** @param attempts all of the study, in the order in which they were added */
export function accountAttempts(cells: readonly ExpectedCell[], attempts: readonly Attempt[]): StudyAccount {
  const seedsOf = new Map(cells.map(({ id, seeds }) => [id, seeds]));
  const isAsked = ({ cell, seed }: Attempt): boolean => seedsOf.get(cell)?.includes(seed) ?? false;
  const { asked = [], others = [] } = Object.groupBy(attempts, (run) => (isAsked(run) ? 'asked' : 'others'));
  const { counted, leftOut } = accountRuns(asked, cells);
  return { complete: counted.length, leftOut, unasked: accountRuns(others).counted.length };
}

/**
 * A function that gives the seeds of a study's cell: those that its file asks for, or, of an imported study, all that its runs have.
 *
 * @param readAttempts all of the study; called once, and only where the seeds follow from them
 */
export function seedsOfStudy(
  definition: KnownStudy,
  readAttempts: () => readonly ValuedAttempt[],
): (cell: Pick<StoredCell, 'id' | 'factors'>) => CellSeeds {
  if (!isImported(definition)) return cellSeeds(definition, readAttempts);
  const runs = Map.groupBy(readAttempts(), ({ cell }) => cell);
  const seeds = new Map([...runs].map(([cell, own]) => [cell, [...new Set(own.map(({ seed }) => seed))]]));
  return ({ id }) => ({ asked: seeds.get(id) ?? [] });
}
