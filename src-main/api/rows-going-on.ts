import type { RunRow } from '../../src-shared/runs/run-row.ts';
import { goesOnAt } from '../artifacts/resume-files.ts';
import type { Store } from '../store/store.ts';

/** Rows as the page is told them: those of interrupted runs say from which step these go on, which is in their files. */
export function rowsGoingOn(store: Store, rows: readonly RunRow[]): RunRow[] {
  return rows.map((row) => {
    const step = goesOnAt(store, row);
    return step === null ? row : { ...row, goesOnAt: step };
  });
}
