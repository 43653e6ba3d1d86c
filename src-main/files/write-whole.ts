import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { removeUnfinished, unfinishedPath } from './unfinished-files.ts';

export type Content = string | Uint8Array | readonly Uint8Array[];

export interface WriteOptions {
  /** Waits until the disk has it, so that not even a power cut loses it: for what cannot be made again. */
  readonly flushed?: boolean;
}

/**
 * Writes a file, whose folder is made if missing. Whenever the process stops, the file is there whole or as it was before. A
 * file that is replaced keeps its permissions; through a link its target is written, and a device or a pipe as it is.
 */
export function writeWhole(file: string, content: Content, { flushed = false }: WriteOptions = {}): void {
  mkdirSync(dirname(file), { recursive: true });
  if (!isReplaceable(file)) return writeFileSync(file, joined(content));
  const place = existsSync(file) ? realpathSync(file) : file;
  removeUnfinished(dirname(place));
  const unfinished = unfinishedPath(place);
  try {
    write(unfinished, content, { mode: statSync(place, { throwIfNoEntry: false })?.mode, flushed });
    renameSync(unfinished, place);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** A file, a link to one, or nothing; not `/dev/stdout`, nor a link to what is not there. */
function isReplaceable(file: string): boolean {
  const target = statSync(file, { throwIfNoEntry: false });
  if (target !== undefined) return target.isFile();
  return lstatSync(file, { throwIfNoEntry: false }) === undefined;
}

function write(
  file: string,
  content: Content,
  { mode, flushed }: { readonly mode: number | undefined; readonly flushed: boolean },
): void {
  const handle = openSync(file, 'wx');
  try {
    if (mode !== undefined) fchmodSync(handle, mode & 0o777);
    for (const piece of piecesOf(content)) writeFileSync(handle, piece);
    if (flushed) fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function piecesOf(content: Content): readonly (string | Uint8Array)[] {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
}

function joined(content: Content): string | Uint8Array {
  return typeof content === 'string' || content instanceof Uint8Array ? content : Buffer.concat(content);
}
