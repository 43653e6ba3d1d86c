import { computed } from 'vue';
import { counted } from '../../src-shared/counted.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';
import { request } from '../connection/request.ts';
import { inParts } from './in-parts.ts';
import { useNotices } from './notices.ts';
import { cellKey, useRunTable } from './run-table.ts';
import { useSelection } from './selection.ts';
import { useUndo } from './undo.ts';
import { reasonsText, type RunAction, whyNot } from './why-not.ts';

export interface RunActions {
  /** Of each run why this cannot be done to it; null where it can. */
  readonly reasons: (action: RunAction, runs: readonly RunRow[]) => readonly (string | null)[];
  /** Does it to those of the runs to which it can be done, and says what came of it and why others were left out. */
  readonly act: (action: RunAction, runs: readonly RunRow[]) => Promise<void>;
}

/** What is said of those to which it was done. */
const DONE: Readonly<Record<RunAction, (runs: string) => string>> = {
  cancel: (runs) => `${runs} cancelled.`,
  first: (runs) => `First in line: ${runs}.`,
  skip: (runs) => `${runs} skipped, until repeated.`,
  goOn: (runs) => `To go on: ${runs}.`,
  repeat: (runs) => `To be trained anew: ${runs}.`,
  delete: (runs) => `${runs} deleted; in the trash until that is emptied.`,
};
const DOING: Readonly<Record<RunAction, string>> = {
  cancel: 'Cancelling runs',
  first: 'Putting runs first',
  skip: 'Skipping runs',
  goOn: 'Resuming runs',
  repeat: 'Repeating runs',
  delete: 'Deleting runs',
};
const REQUESTS = {
  cancel: 'runs.cancel',
  first: 'runs.first',
  skip: 'runs.skip',
  goOn: 'runs.goOn',
  repeat: 'runs.repeat',
  delete: 'runs.trash',
} as const;

export function useRunActions(): RunActions {
  const notices = useNotices();
  const undo = useUndo();
  const selection = useSelection();
  const table = useRunTable();
  /** Goes through all runs: of those that train, which have a menu each, nobody asks it. */
  const isLast = computed(() => lastOfSeeds(table.runs));

  function reasons(action: RunAction, runs: readonly RunRow[]): readonly (string | null)[] {
    return runs.map((run) =>
      whyNot(action, run, { cell: table.cellOf(run), isLast: () => isLast.value(run) }),
    );
  }

  async function act(action: RunAction, rows: readonly RunRow[]): Promise<void> {
    const why = reasons(action, rows);
    const runs = rows.filter((_, place) => why[place] === null).map(({ id }) => id);
    const left = why.filter((reason) => reason !== null);
    const leftText = left.length > 0 ? ` Left out: ${reasonsText(left)}.` : '';
    if (runs.length === 0) {
      notices.show('bad', `Nothing was done.${leftText}`);
      return;
    }
    const done: string[] = [];
    await notices.attempt(() =>
      inParts(runs, DOING[action], async (part) => {
        await request(REQUESTS[action], { runs: part });
        done.push(...part);
      }),
    );
    if (done.length === 0) return;
    const said = `${DONE[action](counted(done.length, 'run'))}${leftText}`;
    if (action === 'delete') undo.did({ done: said, undo: undoOfDeleting(done) });
    else notices.show('info', said);
  }

  /** What is deleted is counted nowhere as selected, and is selected again where it is restored. */
  function undoOfDeleting(runs: readonly string[]): () => Promise<string> {
    const selected = runs.filter(selection.isSelected);
    selection.set(selected, false);
    return async () => {
      const said = await restore(runs);
      selection.set(selected, true);
      return said;
    };
  }

  async function restore(runs: readonly string[]): Promise<string> {
    let restored = 0;
    await inParts(runs, 'Restoring runs', async (part) => {
      await request('runs.restore', { runs: part });
      restored += part.length;
    });
    const rest =
      restored < runs.length ? `; ${counted(runs.length - restored, 'run')} stay in the trash` : '';
    return `${counted(restored, 'run')} restored${rest}.`;
  }

  return { reasons, act };
}

/** Whether a run is the last of its cell and seed. @param runs in the order in which they were added */
function lastOfSeeds(runs: readonly RunRow[]): (run: RunRow) => boolean {
  const keyOf = (run: RunRow): string => `${cellKey(run)} ${run.seed}`;
  const last = new Map(runs.map((run) => [keyOf(run), run.id]));
  return (run) => last.get(keyOf(run)) === run.id;
}
