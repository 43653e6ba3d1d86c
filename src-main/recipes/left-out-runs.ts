import { leftOutNote } from '../../src-shared/charts/cells/account-notes.ts';
import { cellText } from '../../src-shared/studies/factor-text.ts';
import type { Store } from '../store/store.ts';
import { studyAccount } from '../store/study-account.ts';

/** Runs that are named one by one. */
const NAMED = 8;

/**
 * What a study asks for and has no complete run of, so that no recipe looks at it: `Of the study tiny 2 of 6 runs left out: 1 diverged,
 * 1 not begun (SR = 0.25, seed 0; SR = 0.5, seed 1).`; empty where it has all.
 */
export function leftOutRuns(store: Store, name: string): string {
  const study = store.study(name);
  const { complete, leftOut } = studyAccount(store, study);
  if (leftOut.length === 0) return '';
  const cells = new Map(store.cellFactors(name).map(({ id, factors }) => [id, cellText(factors)]));
  const named = leftOut
    .slice(0, NAMED)
    .map(({ cell, seed }) => [cells.get(cell) ?? '', `seed ${seed}`].filter(Boolean).join(', '));
  const others = leftOut.length > NAMED ? `; and ${leftOut.length - NAMED} others` : '';
  return `Of the study ${name} ${leftOutNote(complete, leftOut)} (${named.join('; ')}${others}).`;
}
