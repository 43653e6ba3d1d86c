import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { replaceFolder } from '../files/replace-folder.ts';
import { removeUnfinished, unfinishedPath } from '../files/unfinished-files.ts';
import { writeProblem } from '../files/write-problem.ts';
import { PREPARED_FORMAT } from './description-file.ts';
import type { DatasetDescription } from './dataset.ts';
import { withDiskFull } from '../files/disk-full.ts';

/** What a file system answers where another process moved its folder to the place meanwhile, or the former one away. */
const TAKEN = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT']);

/**
 * A prepared folder on its way: its files are written beside its place, which it gets when it is whole. Whoever begins one
 * finishes it or discards it.
 */
export class UnfinishedDataset {
  readonly folder: string;
  readonly #dataRoot: string;
  readonly #name: string;
  /** The outermost folder that had to be made for it; undefined if none. */
  readonly #made: string | undefined;

  /** @throws Problem `disk-full`, or `usage` where nothing may be written */
  constructor(dataRoot: string, name: string) {
    this.#dataRoot = dataRoot;
    this.#name = name;
    try {
      this.#made = fs.mkdirSync(dataRoot, { recursive: true });
      removeUnfinished(dataRoot);
      this.folder = unfinishedPath(path.join(dataRoot, name));
      fs.mkdirSync(this.folder);
    } catch (error) {
      throw this.problem(error);
    }
  }

  /** Moves it to its place. What is there already is replaced. */
  finish(description: DatasetDescription): void {
    const text = `${JSON.stringify({ format: PREPARED_FORMAT, ...description }, null, 2)}\n`;
    const handle = fs.openSync(path.join(this.folder, 'dataset.json'), 'wx');
    try {
      fs.writeFileSync(handle, text);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    try {
      replaceFolder(this.folder, path.join(this.#dataRoot, this.#name));
    } catch (error) {
      if (!TAKEN.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      throw new Problem(
        'usage',
        `another process added ${this.#name} at the same time, and its data set was kept. Add it again to replace it.`,
        { cause: error },
      );
    }
  }

  /** Removes what is left of it, with the folders that were made for it; nothing where it is finished. */
  discard(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
    if (this.#made === undefined) return;
    try {
      for (let folder = this.#dataRoot; ; folder = path.dirname(folder)) {
        fs.rmdirSync(folder);
        if (folder === this.#made) return;
      }
    } catch {
      // others have put something there meanwhile, or it is finished
    }
  }

  /** An error of writing, in words. */
  problem(error: unknown): unknown {
    const advice = 'Set KINDLING_HOME to a folder that you can write to.';
    return writeProblem(withDiskFull(error, this.#dataRoot), this.#dataRoot, advice);
  }
}
