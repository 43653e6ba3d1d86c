import path from 'node:path';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { NetworkImported, networkRequests } from '../../src-shared/contract/api/networks.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { counted } from '../../src-shared/counted.ts';
import { beginRunFolder, removeRunFolders } from '../artifacts/run-folders.ts';
import { importInThread } from '../network-files/import-in-thread.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';

type NetworkHost = Pick<Host, 'store' | 'tasks' | 'emit'>;

/** The checkpoint in a network's folder. */
const CHECKPOINT = 'network.safetensors';

/** The requests about networks that were trained elsewhere. */
export function networkHandlers(host: NetworkHost): HandlersOf<typeof networkRequests> {
  const { store, emit } = host;
  return {
    'networks.list': () => store().networks(),
    'networks.import': (parameters) => startImport(host, parameters),
    'networks.set': async (parameters) => {
      // with the readers and writers of all formats
      const { setNetwork } = await import('./set-network.ts');
      return setNetwork(host, parameters);
    },
    'networks.trash': ({ network }) => {
      const trashed = store().trashNetwork(network);
      emit({ type: 'reload' });
      return trashed;
    },
    'networks.restore': ({ network }) => {
      const restored = store().restoreNetwork(network);
      emit({ type: 'reload' });
      return restored;
    },
    'networks.trashed': () => store().trashedNetworks(),
  };
}

/** A word for well-known ones, or a file. @throws Problem `usage` */
function classesOf(typed: string | null): string | null {
  return typed === null || typed === 'imagenet' || typed === 'numbers' ? typed : hostPath(typed);
}

/** Nothing is stored of an import that fails or is cut off: its folder is to be removed until the network is added. */
function startImport(
  { store, tasks, emit }: NetworkHost,
  { file: typed, name: given, options: asked }: CheckedParametersOf<'networks.import'>,
): Task<NetworkImported> {
  const options = { ...asked, classes: classesOf(asked.classes) };
  const file = hostPath(typed);
  const name = given ?? path.parse(file).name.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-');
  return tasks.start({
    title: `Import the network ${name}`,
    // one at a time: what one that fails leaves is removed with all that is begun
    subject: 'import of a network',
    changes: 'networks',
    work: async ({ signal, report }) => {
      const id = store().beginNetwork(name);
      try {
        beginRunFolder(store(), id);
        const checkpoint = path.join(store().runFolder(id), CHECKPOINT);
        const onProgress = (phase: string): void => report({ phase, share: null });
        const imported = await importInThread({ file, options, checkpoint }, { signal, onProgress });
        const { format, layers, notes, ...rest } = imported;
        const source = { file: path.basename(file), format };
        const createdAt = new Date().toISOString();
        const written = { file: CHECKPOINT, setAt: null };
        const network: NetworkRecord = { id, name, createdAt, source, ...written, ...rest };
        store().addNetwork(network);
        emit({ type: 'reload' });
        const { family } = network.description;
        const message = `${name}: ${family}, ${network.input.join('x')}, ${counted(network.classes.length, 'class', 'classes')}, from ${format}.${notes.map((note) => ` ${note}`).join('')}`;
        return { message, result: { network, notes, layers } };
      } catch (error) {
        await removeRunFolders(store());
        throw error;
      }
    },
  });
}
