import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { MOST_UPLOADED, type Upload, type uploadRequests } from '../../src-shared/contract/api/uploads.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import { requireRoom, withDiskFull } from '../files/disk-full.ts';
import { removeUnfinished, unfinishedPath } from '../files/unfinished-files.ts';
import type { HandlersOf } from './handlers.ts';

/** Files that pages send, piece by piece. Each lies in a folder of its own, as its name may say what it is. */
export interface Uploads {
  /** @throws Problem `usage` for more than may be sent, `disk-full` for more than the disk has room for */
  begin(file: { readonly name: string; readonly bytes: number }): Promise<Upload>;
  /** @throws Problem `not-found` for one that is gone, `usage` for a piece that does not fit, `disk-full` */
  append(id: string, at: number, bytes: Uint8Array): Promise<Upload>;
  remove(id: string): Promise<void>;
  /** Path of one that has arrived. @throws Problem `not-found` for one that is gone, `usage` for one that is not whole */
  fileOf(id: string): string;
  /** Removes all. */
  close(): void;
}

interface UploadOptions {
  /** Bytes of all together. */
  readonly most?: number;
  /** Milliseconds without a word after which one is removed: its page is gone. */
  readonly silence?: number;
}

interface Sending {
  readonly folder: string;
  readonly file: string;
  readonly bytes: number;
  readonly handle: FileHandle;
  arrived: number;
  /** Pieces are written one after the other. */
  written: Promise<unknown>;
  timer: NodeJS.Timeout;
}

/** An hour: what has arrived waits until its form is filled in. */
const SILENCE = 3_600_000;

/** Letters of a name that are kept, so that it fits any file system. */
const LONGEST_NAME = 80;

/** @param root a folder that need not be there; what killed programs have left in it is removed */
export function createUploads(
  root: string,
  { most = MOST_UPLOADED, silence = SILENCE }: UploadOptions = {},
): Uploads {
  const all = new Map<string, Sending>();

  const find = (id: string): Sending => {
    const found = all.get(id);
    if (found) return found;
    throw new Problem('not-found', 'What was sent is no longer there: send it again.');
  };
  const remove = async (id: string): Promise<void> => {
    const found = all.get(id);
    if (!found) return;
    all.delete(id);
    clearTimeout(found.timer);
    await found.written.catch(() => undefined);
    await found.handle.close();
    await rm(found.folder, { recursive: true, force: true });
  };
  const wait = (id: string): NodeJS.Timeout =>
    // what cannot be removed is tried again by the next program
    setTimeout(() => void remove(id).catch(() => undefined), silence).unref();

  return {
    begin: async ({ name, bytes }) => {
      const others = [...all.values()].reduce((total, sending) => total + sending.bytes, 0);
      if (others + bytes > most) throw tooMuch(name, bytes, others, most);
      mkdirSync(root, { recursive: true, mode: 0o700 });
      removeUnfinished(root);
      requireRoom(root, bytes);
      const folder = unfinishedPath(path.join(root, 'upload'));
      mkdirSync(folder, { mode: 0o700 });
      const file = path.join(folder, fileName(name));
      const id = randomUUID();
      const handle = await open(file, 'wx');
      all.set(id, { folder, file, bytes, handle, arrived: 0, written: Promise.resolve(), timer: wait(id) });
      return { id, arrived: 0 };
    },
    append: async (id, at, bytes) => {
      const sending = find(id);
      sending.timer.refresh();
      const write = async (): Promise<void> => {
        if (at + bytes.length === sending.arrived) return;
        const { arrived, handle } = sending;
        if (at !== arrived || at + bytes.length > sending.bytes)
          throw new Problem(
            'usage',
            `a piece of ${bytes.length} bytes at ${at} does not fit: ${arrived} of ${sending.bytes} have arrived.`,
          );
        for (let done = 0; done < bytes.length;)
          done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
        sending.arrived += bytes.length;
      };
      const written = sending.written.catch(() => undefined).then(write);
      sending.written = written;
      try {
        await written;
      } catch (error) {
        throw withDiskFull(error, root);
      }
      return { id, arrived: sending.arrived };
    },
    remove,
    fileOf: (id) => {
      const { file, arrived, bytes, timer } = find(id);
      timer.refresh();
      if (arrived === bytes) return file;
      throw new Problem(
        'usage',
        `${path.basename(file)} is still being sent: ${arrived} of ${bytes} bytes are here.`,
      );
    },
    close: () => {
      for (const { folder, timer } of all.values()) {
        clearTimeout(timer);
        rmSync(folder, { recursive: true, force: true });
      }
      all.clear();
    },
  };
}

/** The requests about files that pages send. */
export function uploadHandlers(uploads: Uploads): HandlersOf<typeof uploadRequests> {
  return {
    'uploads.begin': (file) => uploads.begin(file),
    'uploads.append': ({ upload, at, bytes }) => uploads.append(upload, at, bytes),
    'uploads.remove': async ({ upload }) => {
      await uploads.remove(upload);
      return null;
    },
  };
}

function tooMuch(name: string, bytes: number, others: number, most: number): Problem {
  const also = others > 0 ? ` and ${decimalSize(others)} are being sent already` : '';
  return new Problem(
    'usage',
    `${name} has ${decimalSize(bytes)}${also}; up to ${decimalSize(most)} can be sent through the page. Copy it to the machine that runs Kindling and give its path here.`,
  );
}

/** Another system's path may have backslashes, and whoever sends may call it anything. */
function fileName(name: string): string {
  const last = path.basename(name.replaceAll('\\', '/')).replaceAll('\0', '');
  return last === '' || last === '.' || last === '..' ? 'upload' : last.slice(-LONGEST_NAME);
}
