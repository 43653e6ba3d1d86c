import path from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type ImportOptions, typedOptions } from '../../../src-shared/datasets/import-options.ts';
import * as all from '../readers/all.ts';
import type { DatasetReader, Reading } from '../readers/reader.ts';
import type { ImportedContent, ImportTask } from './import-task.ts';
import type { Source } from './source.ts';
import type { Survey } from './survey.ts';
import { tellPassedOver } from './tell-passed-over.ts';
import { byCodeUnit } from './words.ts';

const READERS = Object.values<DatasetReader>(all);

/** A data set that a source holds whole, and the paths of its files. */
export interface WholeDataset {
  readonly reader: DatasetReader;
  readonly files: readonly string[];
}

/** Whether a file's name is one of a format of whole data sets; that of a file of class names alone makes none. */
export function isOfWhole(file: string): boolean {
  return READERS.some((reader) => reader.isOwn(nameOf(file)));
}

/** Which files of its folder are read with one that is given by itself; null for one that is no file of a format. */
export function filesBeside(file: string): ((name: string) => boolean) | null {
  const reader = READERS.find(({ isOwn, beside }) => beside !== null && isOwn(nameOf(file)));
  return reader?.beside?.(nameOf(file)) ?? null;
}

/**
 * @param files those of formats of whole data sets, by their paths
 * @returns null where they make no data set
 * @throws Problem `data-invalid` if a file is there twice
 */
export function wholeDataset(files: readonly string[], source: string): WholeDataset | null {
  const reader = READERS.find(({ holdsImages }) => files.some((file) => holdsImages(nameOf(file))));
  if (reader === undefined) return null;
  const own = files.filter((file) => reader.isOwn(nameOf(file)));
  return { reader, files: onlyOnes(own, reader, source) };
}

function nameOf(file: string): string {
  return path.basename(file);
}

/** One path for each name: of a file that lies beside its compressed form, that one, whose checksum may be known. */
function onlyOnes(files: readonly string[], { plainName }: DatasetReader, source: string): string[] {
  const plain = (file: string): string => plainName(nameOf(file));
  return [...Map.groupBy(files, plain).values()].map((same) => {
    const [first = '', second] = [...same].sort(byCodeUnit);
    if (second === undefined) return first;
    if (same.length === 2 && second === `${first}.gz`) return second;
    throw new Problem(
      'data-invalid',
      `${source} has the file ${plain(first)} more than once (${first}, ${second}); give a folder that contains one data set`,
    );
  });
}

/** Writes the parts of a whole data set, file by file as the source has them. @throws as `importSource` does */
export async function importWhole(
  { reader, files }: WholeDataset,
  survey: Survey,
  source: Source,
  task: ImportTask,
): Promise<ImportedContent> {
  refuseOptions(task.options, reader, source.name);
  const { folder, classes, checksumOf } = task;
  const allLabels = task.options.allLabels ?? false;
  const content = reader.begin({ folder, classes, checksumOf, source: source.name, allLabels });
  try {
    await takeAll(content, files, source, task);
    const imported = content.finish();
    const others = survey.ofWhole.filter((file) => !files.includes(file));
    const pictures = [...survey.pictures.map(({ path }) => path), ...survey.broken.map(({ file }) => file)];
    const passedOver = {
      ...survey.passedOver,
      files: [...survey.passedOver.files, ...others, ...pictures],
    };
    return { ...imported, remarks: [...imported.remarks, ...tellPassedOver(passedOver)] };
  } finally {
    content.close();
  }
}

async function takeAll(
  content: Reading,
  files: readonly string[],
  source: Source,
  { onProgress, pause, signal }: ImportTask,
): Promise<void> {
  const wanted = new Set(files);
  const progress = { phase: 'import', what: source.name, images: 0 } as const;
  const onRead = (done: number, total: number): void => onProgress({ ...progress, done, total });
  for await (const entry of source.entries({ signal, onRead })) {
    if (entry.kind !== 'file' || !wanted.has(entry.file.path)) continue;
    await content.take(entry.file);
    await pause();
  }
}

/** Most are for pictures. @throws Problem `usage` */
function refuseOptions(options: ImportOptions, { options: own, title }: DatasetReader, source: string): void {
  const taken = Object.fromEntries(['memory', ...own].map((name) => [name, undefined]));
  const typed = typedOptions({ ...options, ...taken });
  if (typed !== '')
    throw new Problem('usage', `${typed}: not for ${title}; the images of ${source} are what they are`);
}
