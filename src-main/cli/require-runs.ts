import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Store } from '../store/store.ts';
import { typedCommand } from '../typed-command.ts';

/** @throws Problem `not-found` where the store has no run of one of these ids, with what to type */
export function requireRuns(store: Store, ids: readonly string[]): void {
  const known = new Set(store.runTable(ids).runs.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing === undefined) return;
  throw new Problem(
    'not-found',
    `There is no run "${missing}" in this store: \`${typedCommand('run list', store.file)}\` lists them.`,
  );
}
