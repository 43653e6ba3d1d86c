import type { studyRequests } from '../../src-shared/contract/api/studies.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { removeRunFolders } from '../artifacts/run-folders.ts';
import { removeDeletedSpools, stopSubmitted } from './collect-studies.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type TrashRequests = Pick<
  typeof studyRequests,
  'studies.trash' | 'studies.restore' | 'studies.trashed' | 'studies.emptyTrash'
>;

/** The requests about studies that are given up. */
export function trashHandlers(host: Host): HandlersOf<TrashRequests> {
  const { queue, listings, store, emit } = host;
  return {
    'studies.trash': async ({ study }) => {
      const { name } = store().study(study);
      takeOutOfQueue(host, name);
      const trashed = store().trashStudy(name);
      queue.forget(name);
      listings.forget(name);
      emit({ type: 'reload' });
      await stopSubmitted(host, name);
      return trashed;
    },
    'studies.restore': ({ study }) => {
      store().restoreStudy(study);
      emit({ type: 'reload' });
      return listings.of(store().study(study));
    },
    'studies.trashed': () => store().trashed(),
    'studies.emptyTrash': async ({ studies }) => {
      store().deleteTrashed(studies);
      // emptying the whole trash
      if (studies === null) {
        store().deleteTrashedRuns(null);
        store().deleteTrashedNetworks();
      }
      await removeDeletedSpools(host);
      const removals = await removeRunFolders(store());
      return {
        freedBytes: removals.reduce((sum, { freedBytes }) => sum + freedBytes, 0),
        left: removals.flatMap(({ folder, left }) => (left === null ? [] : [{ folder, reason: left }])),
      };
    },
  };
}

function takeOutOfQueue({ queue }: Pick<Host, 'queue'>, study: string): void {
  const { activity } = queue.status(study);
  if (activity === 'queued' || activity === 'paused') queue.cancel(study);
  else if (activity !== 'idle') {
    throw new Problem('usage', `The study "${study}" is running: cancel it, then move it to the trash.`);
  }
}
