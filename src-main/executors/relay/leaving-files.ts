import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact, RunSpecification } from '../../../src-shared/studies/trainer-protocol.ts';
import { fileChecksum, isWholeFile } from '../../files/file-checksum.ts';
import { plainName } from '../../files/plain-name.ts';
import { wholeFiles } from '../../spool/former-attempts.ts';
import { patiently } from '../../spool/patiently.ts';
import { DamagedFile } from '../../spool/spool-files.ts';
import type { BringHome } from '../executor.ts';
import { PIECE_BYTES, type RelayedFile } from '../ssh/relay-protocol.ts';

type Fetcher = (files: readonly RelayedFile[]) => void;

/** A fetch that is under way. */
interface Fetching {
  readonly from: string;
  readonly brought: () => void;
}

/** The files that runs leave: who records the runs fetches them. They stay where they are. */
export class LeavingFiles implements BringHome {
  /** By run: who follows it. */
  readonly #fetchers = new Map<string, Fetcher>();
  readonly #fetching = new Map<string, Fetching>();

  /** @param onFiles has the files of a run fetched, from now on */
  follow(run: string, onFiles: Fetcher): void {
    this.#fetchers.set(run, onFiles);
  }

  async artifacts(from: string, { run }: RunSpecification, artifacts: readonly Artifact[]): Promise<void> {
    const files = artifacts.map(({ file, bytes, sha256 }) => ({ file, bytes, sha256 }));
    for (const each of files) {
      const path = join(from, plainName(each.file));
      if (!(await patiently(() => isWholeFile(path, each))))
        throw new DamagedFile(path, 'it is not what its result says');
    }
    await this.#bring(run, from, files);
  }

  async resumeCheckpoints(from: string, { run }: RunSpecification): Promise<void> {
    const files: RelayedFile[] = [];
    for (const file of await wholeFiles(from)) {
      const path = join(from, file);
      const { size: bytes } = await patiently(() => stat(path));
      files.push({ file, bytes, sha256: await patiently(() => fileChecksum(path, 'sha256')) });
    }
    if (files.length > 0) await this.#bring(run, from, files);
  }

  /** The pieces of a file that is fetched. */
  pieces(run: string, file: string, offset: number): AsyncIterable<Uint8Array> {
    const from = this.#fetching.get(run)?.from;
    if (from === undefined) throw new Error(`no file of ${run} is fetched`);
    return createReadStream(join(from, plainName(file)), { start: offset, highWaterMark: PIECE_BYTES });
  }

  noteBrought(run: string): void {
    this.#fetching.get(run)?.brought();
    this.#fetching.delete(run);
  }

  async #bring(run: string, from: string, files: readonly RelayedFile[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<null>();
    this.#fetching.set(run, { from, brought: () => resolve(null) });
    this.#fetchers.get(run)?.(files);
    await promise;
  }
}
