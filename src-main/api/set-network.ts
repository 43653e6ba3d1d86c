import { rmSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { plainName } from '../files/plain-name.ts';
import { checkedPreprocessing } from '../network-files/import-network.ts';
import { rewriteNetwork } from '../network-files/write-network.ts';
import type { Host } from './host.ts';

/** A checkpoint with other normalization is another file, which takes the place of the one before once the store names it. */
export function setNetwork(
  { store, emit }: Pick<Host, 'store' | 'emit'>,
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
