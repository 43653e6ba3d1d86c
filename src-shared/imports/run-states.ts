import type { ReadValue } from './read-value.ts';

/** How a run ended that another program trained. */
export type EndState = 'complete' | 'failed' | 'interrupted';

/** As W&B, MLflow, Optuna, Ray, ClearML, Slurm and people write it. */
const WORDS: Readonly<Record<EndState, string>> = {
  complete: 'finished complete completed done success succeeded successful ok',
  failed:
    'failed fail failure crashed crash error errored diverged oom out_of_memory node_fail boot_fail broken',
  interrupted:
    'killed interrupted canceled cancelled aborted preempted preempting timeout timed_out deadline pruned ' +
    'running in_progress paused suspended scheduled pending queued waiting created',
};
const STATES: ReadonlyMap<string, EndState> = new Map(
  Object.entries(WORDS).flatMap(([state, words]) =>
    words.split(' ').map((word) => [word, state as EndState] as const),
  ),
);

/** Null for a word that is not known; without a value nothing says that the run is not complete. */
export function stateOf(value: ReadValue | undefined): EndState | null {
  if (value === undefined || value.kind === 'blank') return 'complete';
  if (value.kind !== 'text') return null;
  const word = value.value
    .toLowerCase()
    // Slurm has the user's number
    .replace(/ by \d+$/, '')
    .replaceAll(/[ -]/g, '_');
  return STATES.get(word) ?? null;
}
