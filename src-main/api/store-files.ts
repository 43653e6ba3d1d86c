import { decimalSize } from '../../src-shared/numbers.ts';
import type { storeFileRequests } from '../../src-shared/contract/api/store-files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { backUpStore, listBackups } from '../store/backup-store.ts';
import { describeCheck } from '../store/describe-check.ts';
import { restoreStore } from '../store/restore-store.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';

/** The requests about the store as a file. */
export function storeFileHandlers({
  storeFile,
  queue,
  tasks,
  replaceStore,
}: Pick<Host, 'storeFile' | 'queue' | 'tasks' | 'replaceStore'>): HandlersOf<typeof storeFileRequests> {
  return {
    'store.backup': ({ file: typed }) => {
      const destination = typed === undefined ? {} : { destination: hostPath(typed) };
      return tasks.start({
        title: 'Back up the store',
        subject: 'store',
        changes: 'backups',
        work: async ({ signal, report }) => {
          const onProgress = (share: number): void => report({ phase: `copying ${storeFile}`, share });
          const backup = await backUpStore(storeFile, { ...destination, signal, onProgress });
          return { message: `${backup.file} (${decimalSize(backup.bytes)}), checked.`, result: backup };
        },
      });
    },
    'store.backups': () => listBackups(storeFile),
    'store.restore': ({ file: typed }) => {
      const file = hostPath(typed);
      if (queue.busy) throw underWay('A study is running');
      const running = tasks.list().find(({ state }) => state === 'running');
      if (running !== undefined) throw underWay(`"${running.title}" is in progress`);
      return tasks.start({
        title: 'Restore a backup',
        subject: 'store',
        changes: 'backups',
        work: async ({ signal, report }) => {
          const onProgress = (share: number): void => report({ phase: `restoring ${file}`, share });
          const restored = await replaceStore(() => restoreStore(storeFile, file, { signal, onProgress }));
          const kept = restored.kept === null ? '' : `\nThe previous store is kept as ${restored.kept}`;
          return { message: `restored: ${describeCheck(restored.check)}${kept}`, result: restored };
        },
      });
    },
  };
}

function underWay(what: string): Problem {
  return new Problem('store-busy', `${what}: wait for it to finish, or cancel it, before restoring.`);
}
