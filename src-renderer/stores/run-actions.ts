import { counted } from '../../src-shared/counted.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';
import { isFinal } from '../../src-shared/studies/run-state.ts';
import { request } from '../connection/request.ts';
import { useNotices } from './notices.ts';
import { useUndo } from './undo.ts';

/** What can be done to single runs. */
export type RunAction = 'cancel' | 'first' | 'skip' | 'repeat' | 'delete';

/** Whether this can be done to a run, as far as the page knows; the host refuses what it knows better. */
export function isOffered(action: RunAction, run: RunRow): boolean {
  const { state, skipped, importedFrom } = run;
  switch (action) {
    case 'cancel':
      return state === 'running';
    case 'first':
      return state === 'waiting';
    case 'skip':
      return importedFrom === null && state !== 'complete' && skipped !== true;
    case 'repeat':
      return importedFrom === null && isFinal(state) && state !== 'complete';
    case 'delete':
      return isFinal(state);
  }
}

/** Does it to those of the runs to which it can be done; each shows its error. */
export function useRunActions(): (action: RunAction, runs: readonly RunRow[]) => Promise<void> {
  const notices = useNotices();
  const undo = useUndo();

  async function trash(runs: string[]): Promise<void> {
    await request('runs.trash', { runs });
    const many = counted(runs.length, 'run');
    undo.did({
      done: `${many} deleted; in the trash until that is emptied.`,
      undo: async () => {
        await request('runs.restore', { runs });
        return `${many} restored.`;
      },
    });
  }

  async function repeat(runs: string[]): Promise<void> {
    const { runs: added } = await request('runs.repeat', { runs });
    notices.show('info', `To be trained anew: ${added.join(', ')}.`);
  }

  async function skip(runs: string[]): Promise<void> {
    await request('runs.skip', { runs });
    notices.show('info', `${counted(runs.length, 'run')} skipped, until repeated.`);
  }

  async function first(runs: string[]): Promise<void> {
    await request('runs.first', { runs });
    notices.show('info', `First in line: ${runs.join(', ')}.`);
  }

  return async (action, rows) => {
    const runs = rows.filter((run) => isOffered(action, run)).map(({ id }) => id);
    if (runs.length === 0) return;
    await notices.attempt(async () => {
      if (action === 'cancel') await request('runs.cancel', { runs });
      else await { first, skip, repeat, delete: trash }[action](runs);
    });
  };
}
