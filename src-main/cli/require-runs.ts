import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Store } from '../store/store.ts';
import { typedCommand } from '../typed-command.ts';

/** @throws Problem `not-found` where the store has no run of one of these ids, `usage` for an imported network; with what to type */
export function requireRuns(store: Store, ids: readonly string[]): void {
  const known = new Set(store.runTable(ids).runs.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing === undefined) return;
  const network = store.findNetwork(missing);
  if (network !== null)
    throw new Problem(
      'usage',
      `${network.name} is an imported network, no run: \`${typedCommand(`network show ${network.name}`, store.file)}\` shows it, \`network --help\` lists what there is for networks.`,
    );
  throw new Problem(
    'not-found',
    `There is no run "${missing}" in this store: \`${typedCommand('run list', store.file)}\` lists them.`,
  );
}
