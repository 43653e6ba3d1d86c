import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/contract/problem.ts';
import type { OfficialDataset, OfficialFile } from './catalogue.ts';
import { describeKnown, officialDataset } from './catalogue.ts';
import type { DatasetDescription } from './dataset.ts';
import { downloadFile, fileChecksum } from './download.ts';
import { checkName, ensureDataset } from './ensure-dataset.ts';
import { importSource } from './import/import-source.ts';
import { openDataset } from './open-dataset.ts';
import type { OnDatasetProgress } from './progress.ts';
import { SHAPES_NAME } from './shapes/generate.ts';
import { writePrepared } from './write-prepared.ts';

export interface AddDatasetOptions {
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
  /** A file or folder that the user has; without it a known data set is downloaded. */
  readonly from?: string | undefined;
  /** Brings pictures to size x size. */
  readonly size?: number | undefined;
  readonly onProgress?: OnDatasetProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prepares a data set for training and verifies what was written. A failed or interrupted addition leaves nothing
 * but what was downloaded of an official file, so that the next attempt can go on from there. A data set that is
 * there already is kept if nothing is given to replace it with, and replaced otherwise.
 * @throws Problem `usage`, `not-found`, `data-missing`, `data-invalid`, `disk-full`; the signal's reason if aborted
 */
export async function addDataset(name: string, options: AddDatasetOptions): Promise<DatasetDescription> {
  const { dataRoot, from, size } = options;
  checkName(name);
  if (size !== undefined && (!Number.isInteger(size) || size < 1 || size > 4096)) {
    throw new Problem('usage', `--size ${size}: a whole number of pixels from 1 to 4096 is wanted`);
  }
  if (size !== undefined && from === undefined) {
    throw new Problem(
      'usage',
      `--size ${size}: it is for pictures of your own; say where they are: --from FOLDER-OR-TAR`,
    );
  }
  if (name === SHAPES_NAME) {
    if (from === undefined) return ensureDataset(name, dataRoot).description;
    throw new Problem('usage', `${SHAPES_NAME} is the built-in data set; choose another name for ${from}`);
  }
  const known = officialDataset(name);
  if (from !== undefined) return await importAndWrite(name, path.resolve(from), known, options);
  if (fs.existsSync(path.join(dataRoot, name, 'dataset.json'))) {
    const present = openDataset(path.join(dataRoot, name));
    present.verify();
    return present.description;
  }
  if (known === undefined) {
    throw new Problem(
      'not-found',
      `there is no data set named ${name}. Known: ${describeKnown()}. For pictures of your own: kindling dataset add ${name} --from FOLDER-OR-TAR`,
    );
  }
  const folder = path.join(dataRoot, '.downloads', name);
  const downloaded = await downloadAll(known, folder, options);
  const description = await importAndWrite(name, downloaded, known, options);
  fs.rmSync(folder, { recursive: true, force: true });
  return description;
}

/** @returns what to import: the archive, or the folder of the files */
async function downloadAll(
  known: OfficialDataset,
  folder: string,
  { onProgress, signal }: AddDatasetOptions,
): Promise<string> {
  let last = folder;
  for (const file of known.files) {
    const what = path.posix.basename(file.url);
    last = await downloadFile(file, folder, {
      signal,
      onProgress: (done, total) => onProgress?.({ phase: 'download', what, done, total, images: 0 }),
    });
  }
  return known.files.length === 1 ? last : folder;
}

async function importAndWrite(
  name: string,
  from: string,
  known: OfficialDataset | undefined,
  { dataRoot, size, onProgress, signal }: AddDatasetOptions,
): Promise<DatasetDescription> {
  if (known !== undefined) await checkArchive(known, from);
  const content = await importSource(from, {
    size: size ?? null,
    classes: known?.classes ?? [],
    onOfficialFile: (file, bytes) => checkContent(known, file, bytes),
    onProgress,
    signal,
  });
  signal?.throwIfAborted();
  onProgress?.({ phase: 'write', what: name, done: 0, total: null, images: 0 });
  const description = writePrepared(dataRoot, name, content);
  openDataset(path.join(dataRoot, name)).verify();
  return description;
}

/** An archive by the official name must be the official archive. */
async function checkArchive(known: OfficialDataset, from: string): Promise<void> {
  const file = officialFile(known, path.basename(from));
  if (file === undefined || fs.statSync(from, { throwIfNoEntry: false })?.isFile() !== true) return;
  compare(file, await fileChecksum(from, file.checksum.algorithm), from);
}

function checkContent(known: OfficialDataset | undefined, name: string, bytes: Buffer): void {
  const file = known === undefined ? undefined : officialFile(known, name);
  if (file === undefined) return;
  compare(file, createHash(file.checksum.algorithm).update(bytes).digest('hex'), name);
}

function officialFile(known: OfficialDataset, name: string): OfficialFile | undefined {
  return known.files.find(({ url }) => path.posix.basename(url) === name);
}

function compare({ checksum }: OfficialFile, found: string, name: string): void {
  if (found === checksum.value) return;
  throw new Problem(
    'data-invalid',
    `${name}: the checksum differs from the official file's (${checksum.algorithm} expected ${checksum.value}, found ${found}). ` +
      'Get the file again, or rename it and add it under another name if it is meant to differ.',
  );
}
