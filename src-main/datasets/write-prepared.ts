import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/contract/problem.ts';
import { contentHash, labelBytes } from './content-hash.ts';
import type { DatasetDescription, ImagePart } from './dataset.ts';
import { withDiskFull } from './disk-full.ts';
import { writeProblem } from '../files/write-problem.ts';
import { PREPARED_FORMAT } from './description-file.ts';
import { openDataset } from './open-dataset.ts';
import { isProcessAlive } from '../is-process-alive.ts';

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
    removeAbandoned(dataRoot);
    // Not mkdtemp, whose folders are private: a data folder may be shared between the users of a machine.
    const temporary = path.join(dataRoot, `.${name}-${process.pid}-${randomBytes(3).toString('hex')}`);
    fs.mkdirSync(temporary);
    try {
      writePart(path.join(temporary, 'training.bin'), content.training);
      writePart(path.join(temporary, 'test.bin'), content.test);
      const text = `${JSON.stringify({ format: PREPARED_FORMAT, ...description }, null, 2)}\n`;
      writeFlushed(path.join(temporary, 'dataset.json'), [Buffer.from(text, 'utf8')]);
      const folder = path.join(dataRoot, name);
      if (!keepSame || hashOf(folder) !== description.hash) putInPlace(temporary, folder);
    } finally {
      fs.rmSync(temporary, { recursive: true, force: true });
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

/** Renames over what is there; a folder that is in the way is moved aside first and removed after. */
function putInPlace(temporary: string, folder: string): void {
  const aside = `${temporary}-replaced`;
  if (fs.existsSync(folder)) fs.renameSync(folder, aside);
  try {
    fs.renameSync(temporary, folder);
  } catch (error) {
    // Another process put the same data set there in between: equally good.
    if (fs.existsSync(path.join(folder, 'dataset.json'))) return;
    if (fs.existsSync(aside)) fs.renameSync(aside, folder);
    throw error;
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
  }
}

/** Removes temporary folders whose process was killed before it could. */
function removeAbandoned(dataRoot: string): void {
  for (const entry of fs.readdirSync(dataRoot)) {
    const pid = /^\..+-(\d+)-\w{6}(?:-replaced)?$/.exec(entry)?.[1];
    if (pid !== undefined && !isProcessAlive(Number(pid))) {
      fs.rmSync(path.join(dataRoot, entry), { recursive: true, force: true });
    }
  }
}
