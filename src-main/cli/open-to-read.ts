import { artifactsFolder } from '../home.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';

/**
 * Opens the store that a command reads (`storeOf`). Checkpoints lie in KINDLING_HOME, wherever the store is.
 * @throws Problem of the store
 */
export function openToRead(file: string): Store {
  return openStore(file, { purpose: 'read', artifactsRoot: artifactsFolder() });
}
