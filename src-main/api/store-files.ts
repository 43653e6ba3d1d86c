import path from 'node:path';
import { decimalSize } from '../../src-shared/decimal-size.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import { backUpStore, listBackups } from '../store/backup-store.ts';
import { restoreStore } from '../store/restore-store.ts';
import type { Handlers } from './handlers.ts';
import type { Host } from './host.ts';

type StoreFileRequest = `store.${'backup' | 'backups' | 'restore'}`;

/** The requests about the store as a file. */
export function storeFileHandlers({
  storeFile,
  queue,
  tasks,
  replaceStore,
}: Pick<Host, 'storeFile' | 'queue' | 'tasks' | 'replaceStore'>): Pick<Handlers, StoreFileRequest> {
  return {
    'store.backup': () =>
      tasks.start({
        title: 'Back up the store',
        subject: 'store',
        work: async ({ signal, report }) => {
          const onProgress = (share: number): void => report({ phase: 'copying', share });
          const { file, bytes } = await backUpStore(storeFile, { signal, onProgress });
          return `${file} (${decimalSize(bytes)}), checked.`;
        },
      }),
    'store.backups': () => listBackups(storeFile),
    'store.restore': async ({ file }) => {
      const backup = listBackups(storeFile).find((each) => each.file === file);
      if (backup === undefined) {
        throw new Problem('not-found', `There is no backup ${path.basename(file)} of this store.`);
      }
      if (queue.busy) {
        throw new Problem('usage', 'A study is running: wait for its end, or cancel it, before a restore.');
      }
      const running = tasks.list().find(({ state }) => state === 'running');
      if (running !== undefined) {
        throw new Problem(
          'usage',
          `"${running.title}" is under way: wait for its end, or cancel it, before a restore.`,
        );
      }
      await replaceStore(async () => {
        await restoreStore(storeFile, backup.file);
      });
      return null;
    },
  };
}
