import { createHash, type Hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { OfficialDataset, OfficialFile } from './catalogue.ts';

/** Compares an official file with what its authors publish, while it is read. */
export class Checksum {
  readonly #file: OfficialFile;
  readonly #name: string;
  readonly #hash: Hash;

  /** @param name of the file, for the message */
  constructor(file: OfficialFile, name: string) {
    this.#file = file;
    this.#name = name;
    this.#hash = createHash(file.checksum.algorithm);
  }

  update(piece: Uint8Array): void {
    this.#hash.update(piece);
  }

  /** @throws Problem `data-invalid` if what was read is not the official file */
  require(): void {
    const { algorithm, value } = this.#file.checksum;
    const found = this.#hash.digest('hex');
    if (found === value) return;
    throw new Problem(
      'data-invalid',
      `${this.#name}: the checksum differs from the official file's (${algorithm} expected ${value}, found ${found}). ` +
        'Download the file again, or, if it is meant to differ, rename it and add it under another name.',
    );
  }
}

/** Null for a file whose name is none of the data set's official ones. */
export function checksumFor(known: OfficialDataset | undefined, name: string): Checksum | null {
  const file = known?.files.find(({ url }) => path.posix.basename(url) === name);
  return file === undefined ? null : new Checksum(file, name);
}

/**
 * Reads an archive by an official name, which must be the official archive.
 * @returns whether it was one
 * @throws Problem `data-invalid`
 */
export async function checkArchive(known: OfficialDataset, archive: string): Promise<boolean> {
  if (fs.statSync(archive, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const checksum = checksumFor(known, path.basename(archive));
  if (checksum === null) return false;
  for await (const piece of fs.createReadStream(archive)) checksum.update(piece as Buffer);
  checksum.require();
  return true;
}
