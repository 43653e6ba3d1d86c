import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isWholeFile } from '../../files/file-checksum.ts';
import { plainName } from '../../files/plain-name.ts';
import { unfinishedPath } from '../../files/unfinished-files.ts';
import type { RelayedFile } from '../ssh/relay-protocol.ts';

/** Files from which runs go on that were trained in part elsewhere: each has its name when it has arrived whole. */
export class ArrivingFiles {
  readonly #folder: string;
  /** By place: the name until then, and the end of what has been written. */
  readonly #arriving = new Map<string, { path: string; written: Promise<void> }>();

  /** @param folder in which they are, one folder a run */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The folder of what has arrived of a run. */
  of(run: string): string {
    return join(this.#folder, plainName(run));
  }

  /** The names of those that are not there. */
  async missing(run: string, files: readonly RelayedFile[]): Promise<string[]> {
    const missing: string[] = [];
    for (const file of files) if (!(await isWholeFile(this.#place(run, file), file))) missing.push(file.file);
    return missing;
  }

  /** Writes the next bytes of a file; the last ones give it its name. @throws Error where it is another one then; an error of the file system */
  async put(run: string, file: RelayedFile, offset: number, bytes: Uint8Array): Promise<void> {
    const place = this.#place(run, file);
    const known = offset === 0 && bytes.length === 0 ? undefined : this.#arriving.get(place);
    const { path, written } = known ?? { path: unfinishedPath(place), written: this.#make(run) };
    const now = written.then(() => write(path, offset, bytes));
    this.#arriving.set(place, { path, written: now });
    await now;
    if (offset + bytes.length < file.bytes) return;
    this.#arriving.delete(place);
    if (!(await isWholeFile(path, file))) throw new Error(`${file.file} arrived as another file`);
    await rename(path, place);
  }

  /** Removes what has arrived of a run. */
  async forget(run: string): Promise<void> {
    await rm(this.of(run), { recursive: true, force: true, maxRetries: 5 });
  }

  async #make(run: string): Promise<void> {
    await mkdir(this.of(run), { recursive: true });
  }

  #place(run: string, { file }: RelayedFile): string {
    return join(this.of(run), plainName(file));
  }
}

async function write(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, bytes.length === 0 ? 'w' : 'r+');
  try {
    await handle.write(bytes, 0, bytes.length, offset);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
