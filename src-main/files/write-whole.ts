import {
  closeSync,
  existsSync,
  fchmodSync,
  fsync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writev,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { removeUnfinished, unfinishedPath } from './unfinished-files.ts';

const flush = promisify(fsync);
const writePieces = promisify(writev);

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
  const begun = begin(file, content);
  if (begun === null) return;
  const { handle, unfinished, place } = begun;
  try {
    try {
      if (flushed) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, place);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/**
 * The same, flushed, for a caller who goes on while the disk is waited for: the content is taken at once. Throws where it
 * cannot be taken (no space, no permission), rejects where the disk cannot have it. Who writes a file twice waits in between.
 */
export function writeWholeMeanwhile(file: string, content: Content): Promise<void> {
  const begun = begin(file, content);
  return begun === null ? Promise.resolve() : finishMeanwhile(begun);
}

/**
 * The same for a file and a caller who leaves the content as it is until this resolves: not even the file system's memory is waited for,
 * which takes nothing any more where the disk is slow.
 */
export async function writeWholeAside(file: string, content: readonly Uint8Array[]): Promise<void> {
  const begun = openUnfinished(file);
  try {
    await writeAll(begun.handle, content);
  } catch (error) {
    giveUp(begun);
    throw error;
  }
  await finishMeanwhile(begun);
}

/** A system takes no more than so much at once, and less where the disk is nearly full. */
async function writeAll(handle: number, content: readonly Uint8Array[]): Promise<void> {
  let left = content.filter(({ length }) => length > 0);
  while (left.length > 0) {
    let { bytesWritten } = await writePieces(handle, left);
    left = left.flatMap((piece) => {
      const taken = Math.min(bytesWritten, piece.length);
      bytesWritten -= taken;
      return taken < piece.length ? [piece.subarray(taken)] : [];
    });
  }
}

async function finishMeanwhile({ handle, unfinished, place }: Begun): Promise<void> {
  try {
    await flush(handle).finally(() => closeSync(handle));
    await rename(unfinished, place);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** A file that has its content, but not yet its name. */
interface Begun {
  readonly handle: number;
  readonly unfinished: string;
  readonly place: string;
}

/** Null where the content has been written to what is no file. */
function begin(file: string, content: Content): Begun | null {
  mkdirSync(dirname(file), { recursive: true });
  if (!isReplaceable(file)) {
    writeFileSync(file, joined(content));
    return null;
  }
  const begun = openUnfinished(file);
  try {
    for (const piece of piecesOf(content)) writeFileSync(begun.handle, piece);
    return begun;
  } catch (error) {
    giveUp(begun);
    throw error;
  }
}

/** For a file that can be replaced. */
function openUnfinished(file: string): Begun {
  const place = existsSync(file) ? realpathSync(file) : file;
  removeUnfinished(dirname(place));
  const unfinished = unfinishedPath(place);
  const begun = { handle: openSync(unfinished, 'wx'), unfinished, place };
  try {
    const mode = statSync(place, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined) fchmodSync(begun.handle, mode & 0o777);
    return begun;
  } catch (error) {
    giveUp(begun);
    throw error;
  }
}

function giveUp({ handle, unfinished }: Begun): void {
  closeSync(handle);
  rmSync(unfinished, { force: true });
}

/** A file, a link to one, or nothing; not `/dev/stdout`, nor a link to what is not there. */
function isReplaceable(file: string): boolean {
  const target = statSync(file, { throwIfNoEntry: false });
  if (target !== undefined) return target.isFile();
  return lstatSync(file, { throwIfNoEntry: false }) === undefined;
}

function piecesOf(content: Content): readonly (string | Uint8Array)[] {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
}

function joined(content: Content): string | Uint8Array {
  return typeof content === 'string' || content instanceof Uint8Array ? content : Buffer.concat(content);
}
