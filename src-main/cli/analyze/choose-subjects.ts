import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Store } from '../../store/store.ts';
import { typedCommand } from '../../typed-command.ts';
import { type RunSelection, selectRuns } from '../export/select-runs.ts';

/**
 * Ids of networks and runs. A run that is named must be complete; of a study or a filter only the complete ones are meant.
 * @throws Problem `usage` where none is named, `not-found` where there is none
 */
export function chooseSubjects(
  store: Store,
  ids: readonly string[],
  { study, filter }: RunSelection,
): string[] {
  if (ids.length === 0 && study === undefined && filter === undefined)
    throw new Problem(
      'usage',
      `no runs given: use ids (\`${typedCommand('run list', store.file)}\` lists them), --study or --filter.`,
    );
  const selection = {
    ...(study === undefined ? {} : { study }),
    ...(filter === undefined ? {} : { filter }),
  };
  const networks = ids.flatMap((id) => store.findNetwork(id)?.id ?? []);
  const others = ids.filter((id) => store.findNetwork(id) === null);
  if (networks.length > 0 && others.length === 0) return networks;
  const selected = selectRuns(store, others, selection).filter(
    (id) => ids.length > 0 || store.run(id).state === 'complete',
  );
  const runs = [...networks, ...selected];
  if (runs.length === 0) throw new Problem('not-found', 'No complete run matches.');
  return runs;
}
