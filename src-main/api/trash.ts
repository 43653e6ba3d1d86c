import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { studyRequests } from '../../src-shared/contract/api/studies.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import { artifactsFolder } from '../home.ts';
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
    'studies.trash': ({ study }) => {
      const { name } = store().study(study);
      takeOutOfQueue(host, name);
      const trashed = store().trashStudy(name);
      queue.forget(name);
      listings.forget(name);
      emit({ type: 'reload' });
      return trashed;
    },
    'studies.restore': ({ study }) => {
      store().restoreStudy(study);
      emit({ type: 'reload' });
      return listings.of(store().study(study));
    },
    'studies.trashed': () => store().trashed(),
    'studies.emptyTrash': async ({ studies }) => {
      const { artifactFolders } = store().deleteTrashed(studies);
      return { freedBytes: await removeFolders(artifactFolders, artifactsFolder(host.home)) };
    },
  };
}

function takeOutOfQueue({ queue }: Pick<Host, 'queue'>, study: string): void {
  const { activity } = queue.status(study);
  if (activity === 'queued' || activity === 'paused') queue.cancel(study);
  else if (activity !== 'idle') {
    throw new Problem('usage', `The study "${study}" is running: cancel it, then put it into the trash.`);
  }
}

/**
 * Removes folders of checkpoints that lie in `root`; any other is left, since a store may come from another home.
 * @returns the bytes that were in them
 */
async function removeFolders(folders: readonly string[], root: string): Promise<number> {
  let bytes = 0;
  for (const folder of folders.filter((each) => dirname(each) === root)) {
    bytes += await folderBytes(folder);
    await rm(folder, { recursive: true, force: true });
  }
  return bytes;
}

/** 0 where there is no such folder. */
async function folderBytes(folder: string): Promise<number> {
  try {
    const files = await readdir(folder);
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
    return sizes.reduce((total, size) => total + size, 0);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return 0;
    throw error;
  }
}
