import { accountRuns, type LeftOut, type Attempt } from '../../src-shared/runs/account.ts';
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
  store: Pick<StudyStore, 'cells' | 'attempts'>,
  { name, definition }: Pick<StudyRecord, 'name' | 'definition'>,
): StudyAccount {
  const seedsOfFactors = seedsOfCells(definition);
  const cells = store.cells(name).map(({ id, factors }) => ({ id, seeds: seedsOfFactors(factors) }));
  const seedsOf = new Map(cells.map(({ id, seeds }) => [id, new Set(seeds)]));
  const isAsked = ({ cell, seed }: Attempt): boolean => seedsOf.get(cell)?.has(seed) ?? false;
  const { asked = [], others = [] } = Object.groupBy(store.attempts(name), (run) =>
    isAsked(run) ? 'asked' : 'others',
  );
  const { counted, leftOut } = accountRuns(asked, cells);
  return { complete: counted.length, leftOut, unasked: accountRuns(others).counted.length };
}
