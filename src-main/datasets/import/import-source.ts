import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { DEFAULT_MEMORY } from '../../../src-shared/datasets/import-options.ts';
import { folderSource } from './folder-source.ts';
import { filesBeside, importWhole, isOfWhole, wholeDataset } from './import-whole.ts';
import { importPictures } from './import-pictures.ts';
import type { ImportedContent, ImportTask } from './import-task.ts';
import type { Source } from './source.ts';
import { survey } from './survey.ts';
import { tarSource } from './tar-source.ts';

/**
 * Writes the parts of a data set from a folder or tar of whatever Kindling understands: a format of whole data sets (a file
 * of `readers/` each), or pictures in a folder per class. Which it is, the names of the files say.
 *
 * The source is gone through twice: for names, sizes and headers, and for the content, of which no more is in memory than
 * `options.memory` says, whatever the source holds.
 * @throws Problem `data-invalid`, `usage`, `disk-full`, `not-found`; the signal's reason
 */
export async function importSource(task: ImportTask): Promise<ImportedContent> {
  const { options, onProgress, signal } = task;
  const source = openSource(task.from);
  const memory = Math.round((options.memory ?? DEFAULT_MEMORY) * 2 ** 30);
  // Pictures are decoded several at once, each once: they need no threads of their own, nor are they kept.
  sharp.concurrency(1);
  sharp.cache(false);
  const progress = { phase: 'survey', what: source.name } as const;
  let images = 0;
  const found = await survey(source, {
    isOfWhole,
    oneSize: options.size === undefined,
    largestFile: memory,
    onPictures: (count) => (images = count),
    onRead: (done, total) => onProgress({ ...progress, done, total, images }),
    signal,
  });
  const whole = wholeDataset(found.ofWhole, source.name);
  if (whole !== null) return importWhole(whole, found, source, task);
  const { passedOver } = found;
  const files = [...passedOver.files, ...found.ofWhole];
  return importPictures({
    ...task,
    source,
    survey: { ...found, passedOver: { ...passedOver, files } },
    memory,
    onRead: (done, total, pictures) =>
      onProgress({ phase: 'import', what: source.name, done, total, images: pictures }),
  });
}

function openSource(from: string): Source {
  const stat = fs.statSync(from, { throwIfNoEntry: false });
  if (stat === undefined) throw new Problem('not-found', `there is no file or folder ${from}`);
  if (stat.isDirectory()) return folderSource(from);
  const beside = filesBeside(from);
  return beside === null ? tarSource(from) : folderSource(path.dirname(from), beside);
}
