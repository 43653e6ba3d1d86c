import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/contract/problem.ts';
import { contentHash, labelBytes } from './content-hash.ts';
import type { DatasetDescription, ImagePart } from './dataset.ts';
import { withDiskFull } from './disk-full.ts';
import { replaceFolder } from '../files/replace-folder.ts';
import { removeUnfinished, unfinishedPath } from '../files/unfinished-files.ts';
import { writeProblem } from '../files/write-problem.ts';
import { PREPARED_FORMAT } from './description-file.ts';
import { openDataset } from './open-dataset.ts';

/** A data set in memory, ready to be written. */
export interface DatasetContent {
  readonly classes: readonly string[];
  readonly training: ImagePart;
  readonly test: ImagePart;
  /** Where it came from, for people. */
  readonly source: string;
}

/**
 * Writes `<dataRoot>/<name>/` (dataset.json, training.bin, test.bin; see docs/datasets.md) as a whole or not at
 * all: into a temporary sibling, flushed, then renamed. A folder of that name is replaced, unless
 * `keepSame` is set and it is whole and has the same hash: somebody else was faster.
 * @returns the description as written
 * @throws Problem `disk-full`
 */
export function writePrepared(
  dataRoot: string,
  name: string,
  content: DatasetContent,
  { keepSame = false }: { readonly keepSame?: boolean } = {},
): DatasetDescription {
  const description: DatasetDescription = {
    name,
    classes: content.classes,
    shape: content.training.shape,
    trainingCount: content.training.count,
    testCount: content.test.count,
    hash: contentHash(content.classes, content.training, content.test),
    source: content.source,
  };
  try {
    fs.mkdirSync(dataRoot, { recursive: true });
    removeUnfinished(dataRoot);
    const folder = path.join(dataRoot, name);
    const unfinished = unfinishedPath(folder);
    fs.mkdirSync(unfinished);
    try {
      writePart(path.join(unfinished, 'training.bin'), content.training);
      writePart(path.join(unfinished, 'test.bin'), content.test);
      const text = `${JSON.stringify({ format: PREPARED_FORMAT, ...description }, null, 2)}\n`;
      writeFlushed(path.join(unfinished, 'dataset.json'), [Buffer.from(text, 'utf8')]);
      if (!keepSame || hashOf(folder) !== description.hash) putInPlace(unfinished, folder);
    } finally {
      fs.rmSync(unfinished, { recursive: true, force: true });
    }
  } catch (error) {
    const problem = withDiskFull(error, dataRoot);
    throw writeProblem(problem, dataRoot, 'Set KINDLING_HOME to a folder that you may write.');
  }
  return description;
}

function hashOf(folder: string): string | null {
  try {
    return openDataset(folder).description.hash;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

function writePart(file: string, part: ImagePart): void {
  writeFlushed(file, [labelBytes(part.labels), part.images]);
}

function writeFlushed(file: string, pieces: readonly Uint8Array[]): void {
  const handle = fs.openSync(file, 'wx');
  try {
    for (const piece of pieces) {
      let at = 0;
      while (at < piece.length) at += fs.writeSync(handle, piece, at, Math.min(piece.length - at, 1 << 26));
    }
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function putInPlace(unfinished: string, folder: string): void {
  try {
    replaceFolder(unfinished, folder);
  } catch (error) {
    // Another process put the same data set there in between: equally good.
    if (!fs.existsSync(path.join(folder, 'dataset.json'))) throw error;
  }
}
