import os from 'node:os';
import type { folderRequests } from '../../src-shared/contract/api/folders.ts';
import { listFolder } from '../files/list-folder.ts';
import type { HandlersOf } from './handlers.ts';
import { hostPath } from './host-path.ts';

/** The request about folders of this machine. */
export const folderHandlers: HandlersOf<typeof folderRequests> = {
  'folders.list': ({ path, ...wish }) => listFolder(path.trim() === '' ? os.homedir() : hostPath(path), wish),
};
