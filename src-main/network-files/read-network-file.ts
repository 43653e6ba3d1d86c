import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { andList } from '../../src-shared/lists.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import * as all from './readers/all.ts';
import type { NetworkFile, NetworkReader } from './readers/reader.ts';
import { whyUnread } from '../files/read-at-most.ts';

const READERS: readonly NetworkReader[] = Object.values(all);

/** The formats with the endings of their files, in words. */
const NETWORK_FORMATS = andList(READERS.map(({ title, endings }) => `${title} (${endings.join(', ')})`));

export interface ReadNetworkFile extends NetworkFile {
  /** The title of its format. */
  readonly format: string;
}

/**
 * Reads the weights in a file, in whichever format they are.
 * @throws Problem `not-found` for a file that cannot be read, `data-invalid` for what is no file of weights
 */
export function readNetworkFile(file: string): ReadNetworkFile {
  const bytes = contentOf(file);
  if (bytes.length === 0) throw new Problem('data-invalid', `${file} is empty.`);
  const reader =
    READERS.find(({ recognizes }) => recognizes(bytes)) ??
    READERS.find(({ endings }) => endings.includes(extname(file).toLowerCase()));
  if (reader === undefined)
    throw new Problem(
      'data-invalid',
      `${file} is no file of a network that can be read: ${NETWORK_FORMATS}.`,
    );
  return { ...reader.read(bytes, file), format: reader.title };
}

function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Problem('not-found', `${file} cannot be read: ${whyUnread(error)}.`, { cause: error });
  }
}
