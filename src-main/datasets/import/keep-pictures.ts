import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { indexOf, type KeptPicture, PICTURES_FILE, PICTURES_INDEX } from '../kept-pictures.ts';
import type { ArrangedImage } from './arrange-images.ts';
import type { PictureImport } from './import-task.ts';
import type { SurveyedPicture } from './survey.ts';

/**
 * Writes the pictures of the training part as they are, in the order in which the source has them, and their index.
 * @param pictures those that could be read
 * @returns SHA-256 of the index, hexadecimal
 */
export async function keepPictures(
  training: readonly ArrangedImage[],
  pictures: readonly SurveyedPicture[],
  { source, folder, pause, signal }: PictureImport,
): Promise<string> {
  const byPath = new Map(pictures.map((picture) => [picture.path, picture]));
  const used = training.map(({ file }) => {
    const picture = byPath.get(file);
    if (picture === undefined) throw new Error(`${file} was not surveyed`);
    return picture;
  });
  const wanted = new Map(used.map((picture) => [picture.file, picture]));
  const kept = new Map<string, KeptPicture>();
  const handle = fs.openSync(path.join(folder, PICTURES_FILE), 'wx');
  try {
    let at = 0;
    for await (const entry of source.entries({ signal })) {
      const picture = entry.kind === 'file' ? wanted.get(entry.file.path) : undefined;
      if (entry.kind !== 'file' || picture === undefined) continue;
      const content = await entry.file.all();
      fs.writeFileSync(handle, content);
      const { width, height } = picture.header;
      const sha256 = createHash('sha256').update(content).digest();
      // an archive may have a file twice, of which the later one counts
      kept.set(picture.file, { at, bytes: content.length, width, height, sha256 });
      at += content.length;
      await pause();
    }
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  const index = indexOf(used.map(({ file }) => keptOf(kept, file)));
  fs.writeFileSync(path.join(folder, PICTURES_INDEX), index, { flag: 'wx', flush: true });
  return createHash('sha256').update(index).digest('hex');
}

function keptOf(kept: ReadonlyMap<string, KeptPicture>, file: string): KeptPicture {
  const picture = kept.get(file);
  if (picture === undefined) throw new Error(`${file} is gone`);
  return picture;
}
