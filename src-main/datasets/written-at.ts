import { statSync } from 'node:fs';
import path from 'node:path';

/** When the files of a prepared data set were written, as a text that changes whenever they do. */
export function writtenAt(folder: string): string {
  return ['training.bin', 'test.bin', 'dataset.json']
    .map((file) => {
      const found = statSync(path.join(folder, file), { throwIfNoEntry: false });
      return `${found?.size} ${found?.mtimeMs} ${found?.ino}`;
    })
    .join(', ');
}
