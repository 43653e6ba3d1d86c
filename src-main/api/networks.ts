import { rmSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { NetworkImported, networkRequests } from '../../src-shared/contract/api/networks.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { counted } from '../../src-shared/counted.ts';
import { beginRunFolder, removeRunFolders } from '../artifacts/run-folders.ts';
import { plainName } from '../files/plain-name.ts';
import { importInThread } from '../network-files/import-in-thread.ts';
import { checkedPreprocessing } from '../network-files/import-network.ts';
import { rewriteNetwork } from '../network-files/write-network.ts';
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
    'networks.set': (parameters) => setNetwork(host, parameters),
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

/** A checkpoint with other normalization is another file, which takes the place of the one before once the store names it. */
function setNetwork(
  { store, emit }: NetworkHost,
  { network: wanted, name, crop, preprocessing: given }: CheckedParametersOf<'networks.set'>,
): NetworkRecord {
  const before = store().network(wanted);
  const { id } = before;
  const input = crop === undefined ? before.input : ([crop, crop, before.input[2]] as const);
  const preprocessing = checkedPreprocessing({ ...before.preprocessing, ...given }, { input });
  const isCut = isDeepStrictEqual(input, before.input);
  const isSame = isCut && isDeepStrictEqual(preprocessing, before.preprocessing);
  const setAt = isSame ? before.setAt : new Date().toISOString();
  const folder = store().runFolder(id);
  const pathOf = (file: string): string => path.join(folder, plainName(file));
  // no checkpoint knows the short side
  const { shortSide } = before.preprocessing;
  const isAsWritten = isCut && isDeepStrictEqual({ ...preprocessing, shortSide }, before.preprocessing);
  const file = isAsWritten ? before.file : `network-${Date.now()}.safetensors`;
  const written = isAsWritten ? before : rewriteNetwork(folder, before, { file, input, preprocessing });
  const { bytes, sha256 } = written;
  try {
    const changed = store().setNetwork(id, {
      name: name ?? before.name,
      ...{ input, preprocessing, setAt },
      ...{ file, bytes, sha256 },
    });
    if (!isAsWritten) rmSync(pathOf(before.file), { force: true });
    emit({ type: 'reload' });
    return changed;
  } catch (error) {
    if (!isAsWritten) rmSync(pathOf(file), { force: true });
    throw error;
  }
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
