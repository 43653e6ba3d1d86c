import { accountRuns, type Attempt, type ExpectedCell, type LeftOut } from '../../src-shared/runs/account.ts';
import { isImported } from '../../src-shared/studies/imported-study.ts';
import { seedsOfCells } from '../../src-shared/studies/seeds-of-cells.ts';
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
  return accountAttempts(expectedCells(store, study), store.attempts(study.name));
}

/** The cells and seeds that the study's file asks for; they stay the same until it is saved again. */
export function expectedCells(
  store: Pick<StudyStore, 'cellFactors' | 'attempts'>,
  { name, definition }: Pick<StudyRecord, 'name' | 'definition'>,
): ExpectedCell[] {
  if (isImported(definition))
    return [...seedsOfRuns(store.attempts(name))].map(([id, seeds]) => ({ id, seeds }));
  const seedsOf = seedsOfCells(definition);
  return store.cellFactors(name).map(({ id, factors }) => ({ id, seeds: seedsOf(factors) }));
}

/** @param attempts all of the study, in the order in which they were added */
export function accountAttempts(cells: readonly ExpectedCell[], attempts: readonly Attempt[]): StudyAccount {
  const seedsOf = new Map(cells.map(({ id, seeds }) => [id, seeds]));
  const isAsked = ({ cell, seed }: Attempt): boolean => seedsOf.get(cell)?.includes(seed) ?? false;
  const { asked = [], others = [] } = Object.groupBy(attempts, (run) => (isAsked(run) ? 'asked' : 'others'));
  const { counted, leftOut } = accountRuns(asked, cells);
  return { complete: counted.length, leftOut, unasked: accountRuns(others).counted.length };
}

/** The seeds that runs have, by cell: of an imported study all that there are. */
export function seedsOfRuns(runs: readonly Pick<Attempt, 'cell' | 'seed'>[]): Map<string, number[]> {
  const seeds = Map.groupBy(runs, ({ cell }) => cell);
  return new Map([...seeds].map(([cell, own]) => [cell, [...new Set(own.map(({ seed }) => seed))]]));
}
