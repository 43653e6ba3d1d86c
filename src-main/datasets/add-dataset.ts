import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { whole } from '../../src-shared/numbers.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { note } from '../../src-shared/datasets/dataset-remark.ts';
import {
  IMPORT_OPTIONS,
  type ImportOptions,
  importOptionsSchema,
  typedOptions,
} from '../../src-shared/datasets/import-options.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { type OfficialDataset, officialDataset } from './catalogue.ts';
import { checkArchive, type Checksum, checksumFor } from './checksum.ts';
import type { DatasetDescription } from './dataset.ts';
import { downloadFile } from './download.ts';
import { checkName, ensureDataset, unknownDataset } from './ensure-dataset.ts';
import { importSource } from './import/import-source.ts';
import type { ImportedContent } from './import/import-task.ts';
import { inspectContent } from './inspect-content.ts';
import { openDataset } from './open-dataset.ts';
import type { OnDatasetProgress } from './progress.ts';
import { SHAPES_NAME } from './shapes/generate.ts';
import { tellInspection } from './tell-inspection.ts';
import { UnfinishedDataset } from './unfinished-dataset.ts';

export interface AddDatasetOptions {
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
  /** A file or folder that the user has; without it a known data set is downloaded. */
  readonly from?: string | undefined;
  /** Where known data sets are published; the catalogue if left out. */
  readonly published?: ((name: string) => OfficialDataset | undefined) | undefined;
  /** How pictures become a data set. */
  readonly options?: ImportOptions | undefined;
  readonly onProgress?: OnDatasetProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prepares a data set for training, with what was found in it. A failed or interrupted addition leaves nothing but what
 * was downloaded of an official file, so that the next attempt can go on from there. A data set that is there already is
 * kept if nothing is given to replace it with, and replaced otherwise.
 * @throws Problem `usage`, `not-found`, `data-missing`, `data-invalid`, `disk-full`; the signal's reason if aborted
 */
export async function addDataset(name: string, task: AddDatasetOptions): Promise<DatasetDescription> {
  const { dataRoot, from, options = {}, published = officialDataset } = task;
  checkName(name);
  checkOptions(options, from);
  if (name === SHAPES_NAME) {
    if (from === undefined) return ensureDataset(name, dataRoot).description;
    throw new Problem('usage', `${SHAPES_NAME} is the built-in data set; choose another name for ${from}`);
  }
  const known = published(name);
  if (from !== undefined) return await importAndWrite(name, path.resolve(from), known, task);
  if (fs.existsSync(path.join(dataRoot, name, 'dataset.json'))) {
    const present = openDataset(path.join(dataRoot, name));
    present.verify();
    return present.description;
  }
  if (known === undefined) throw unknownDataset('not-found', name);
  const folder = path.join(dataRoot, '.downloads', name);
  const downloaded = await downloadAll(known, folder, task);
  const description = await importAndWrite(name, downloaded, known, task);
  fs.rmSync(folder, { recursive: true, force: true });
  return description;
}

/** @throws Problem `usage` */
function checkOptions(options: ImportOptions, from: string | undefined): void {
  const checked = checkInput(importOptionsSchema, options);
  if (!checked.ok) {
    const mistakes = checked.mistakes.map(
      ({ path: [option], message }) => `${IMPORT_OPTIONS[option as keyof ImportOptions].flag}: ${message}`,
    );
    throw new Problem('usage', mistakes.join('\n'));
  }
  if (options.parts === 'none' && options.test !== undefined)
    throw new Problem('usage', `--test ${options.test}: --parts none means that no folder is a part`, {
      fact: `No folder is a part, and so ${options.test} is not the test part.`,
    });
  if (options.keepPictures === true && options.size === undefined)
    throw new Problem(
      'usage',
      '--keep-pictures: also give --size N, the side of the images that a network sees',
      { fact: 'To keep the pictures, also give the side of the images that a network sees.' },
    );
  if (options.keepPictures === true && options.stretch === true)
    throw new Problem(
      'usage',
      '--keep-pictures: not with --stretch, which changes the values of the images only',
      {
        fact: 'Pictures are not kept where their values are stretched, which changes those of the images only.',
      },
    );
  const typed = typedOptions(options);
  if (typed !== '' && from === undefined)
    throw new Problem('usage', `${typed} applies only to your own images; add --from FOLDER-OR-TAR`);
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
  { dataRoot, options = {}, onProgress = () => undefined, signal }: AddDatasetOptions,
): Promise<DatasetDescription> {
  const pause = async (): Promise<void> => {
    await setImmediate();
    signal?.throwIfAborted();
  };
  const isArchive = known !== undefined && (await checkArchive(known, from));
  const compared: (Checksum | null)[] = [];
  const checksumOf = (file: string): Checksum | null => {
    const checksum = checksumFor(known, file);
    compared.push(checksum);
    return checksum;
  };
  const unfinished = new UnfinishedDataset(dataRoot, name);
  const { folder } = unfinished;
  try {
    const task = { from, options, classes: known?.classes ?? [], folder, checksumOf };
    const content = await importSource({ ...task, onProgress, pause, signal });
    if (known !== undefined) requireKnown(known, content, from);
    const inspection = await inspectContent(folder, content, {
      onRead: (done, total) => onProgress({ phase: 'write', what: name, done, total, images: 0 }),
      pause,
    });
    const isOfficial = isArchive || (compared.length > 0 && !compared.includes(null));
    const { classes, shape, trainingCount, testCount, pictures, source } = content;
    const { counts: classCounts, hash } = inspection;
    const description: DatasetDescription = {
      ...{ name, classes, shape, trainingCount, testCount, classCounts, hash, pictures, source, options },
      remarks: [
        ...(known === undefined || isOfficial ? [] : [UNCOMPARED]),
        ...content.remarks,
        ...tellInspection(content, inspection),
      ],
    };
    unfinished.finish(description);
    return description;
  } catch (error) {
    throw unfinished.problem(error);
  } finally {
    unfinished.discard();
  }
}

const UNCOMPARED = note(
  'Not all files have the names under which the authors publish them, so their checksums were not verified: the images may differ.',
);

/** Results on CIFAR-10 are compared with those of others, so what bears its name must be it. */
function requireKnown(known: OfficialDataset, content: ImportedContent, from: string): void {
  const [wanted, found] = [imagesText(known), imagesText(content)];
  const classes = otherClasses(known.classes, content.classes);
  if (wanted === found && classes === '') return;
  throw new Problem(
    'data-invalid',
    `${known.name} is ${wanted} in ${known.classes.length} classes, but ${from} has ${found}${classes}. Add it under another name.`,
  );
}

type Images = Pick<DatasetDescription, 'shape' | 'trainingCount' | 'testCount'>;

function imagesText({ shape, trainingCount, testCount }: Images): string {
  const counts = `${whole(trainingCount)} + ${whole(testCount)}`;
  return `${counts} images of ${shape.join('x')}`;
}

/** Empty where they are the same, as in files whose labels are numbers: they are given the known names. */
function otherClasses(known: readonly string[], found: readonly string[]): string {
  if (known.length !== found.length) return ` in ${found.length} classes`;
  const areSame = known.every((name, label) => found[label] === name);
  return areSame ? '' : ` with other names (${found.slice(0, 3).join(', ')} …)`;
}
