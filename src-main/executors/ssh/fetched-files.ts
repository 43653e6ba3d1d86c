import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isWholeFile } from '../../files/file-checksum.ts';
import { plainName } from '../../files/plain-name.ts';
import { unfinishedPath } from '../../files/unfinished-files.ts';
import { writeProblem } from '../../files/write-problem.ts';
import type { RelayConnection } from './relay-connection.ts';
import type { RelayedFile } from './relay-protocol.ts';

/** So often a file is fetched that arrives as another one. */
const MOST_TRIES = 3;

/** A file that is arriving. */
interface Arriving {
  readonly path: string;
  readonly descriptor: number;
  readonly hash: Hash;
  bytes: number;
}

/**
 * The files of a run that come from a host: each has its name when it is whole. What has arrived of one when the connection is lost is not
 * fetched again.
 */
export class FetchedFiles {
  readonly #folder: string;
  /** By their checksums. */
  readonly #arriving = new Map<string, Arriving>();
  #isClosed = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Problem `disk-full` or `usage`; Error where it arrives as another one again and again; ConnectionLost */
  async fetch(connection: RelayConnection, run: string, file: RelayedFile): Promise<void> {
    const place = join(this.#folder, plainName(file.file));
    if (await isWholeFile(place, file)) return;
    for (let tries = 1; ; tries++) {
      try {
        const arriving = this.#begun(file, place);
        const onTold = ({ bytes }: { readonly bytes: Uint8Array }): void => {
          this.#requireOpen();
          writeSync(arriving.descriptor, bytes);
          arriving.hash.update(bytes);
          arriving.bytes += bytes.length;
        };
        await connection.ask('fetch', { run, file: file.file, offset: arriving.bytes }, { onTold });
        if (await this.#finish(file, place)) return;
      } catch (error) {
        throw writeProblem(error, place, 'Make room, and go on with the study: what was trained stays.');
      }
      if (tries === MOST_TRIES) throw new Error(`${file.file} arrived ${tries} times as another file`);
    }
  }

  /** Gives up what has not arrived whole, and what is still arriving. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { descriptor, path } of this.#arriving.values()) {
      closeSync(descriptor);
      await rm(path, { force: true });
    }
    this.#arriving.clear();
  }

  #begun({ sha256 }: RelayedFile, place: string): Arriving {
    const known = this.#arriving.get(sha256);
    if (known) return known;
    this.#requireOpen();
    mkdirSync(this.#folder, { recursive: true });
    const path = unfinishedPath(place);
    const begun = { path, descriptor: openSync(path, 'wx'), hash: createHash('sha256'), bytes: 0 };
    this.#arriving.set(sha256, begun);
    return begun;
  }

  /** The descriptors of what was given up may be those of other files. */
  #requireOpen(): void {
    if (this.#isClosed) throw new Error('the files of this run were given up');
  }

  /** @returns whether it is the file that it was to be */
  async #finish({ sha256, bytes }: RelayedFile, place: string): Promise<boolean> {
    const arrived = this.#arriving.get(sha256);
    if (!arrived) return false;
    this.#arriving.delete(sha256);
    try {
      fsyncSync(arrived.descriptor);
      closeSync(arrived.descriptor);
      if (arrived.bytes !== bytes || arrived.hash.digest('hex') !== sha256) return false;
      await rename(arrived.path, place);
      return true;
    } finally {
      await rm(arrived.path, { force: true });
    }
  }
}
