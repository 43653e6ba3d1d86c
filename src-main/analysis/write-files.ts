import fs from 'node:fs';
import path from 'node:path';
import type { AnalysisFile } from '../../src-shared/analysis/analysis-result.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { isDiskFull } from '../files/disk-full.ts';
import { replaceFolder } from '../files/replace-folder.ts';
import { removeUnfinished, unfinishedPath } from '../files/unfinished-files.ts';
import type { WrittenFile } from './method.ts';

/**
 * Writes a method's files into a folder, whole or not at all; what was there before is gone.
 * @returns what is known of each besides its bytes
 * @throws Problem `disk-full`
 */
export function writeFiles(folder: string, files: readonly WrittenFile[]): AnalysisFile[] {
  const unfinished = unfinishedPath(folder);
  try {
    removeUnfinished(path.dirname(folder));
    if (files.length === 0) {
      fs.rmSync(folder, { recursive: true, force: true });
      return [];
    }
    fs.mkdirSync(unfinished, { recursive: true });
    for (const { file, bytes } of files) fs.writeFileSync(path.join(unfinished, file), bytes);
    replaceFolder(unfinished, folder);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    if (!isDiskFull(error)) throw error;
    throw new Problem(
      'disk-full',
      `no space left on the disk for ${folder}; free some and analyse the run again`,
      {
        cause: error,
      },
    );
  }
  return files.map(({ file, kind, mediaType, layer, title }) => ({ file, kind, mediaType, layer, title }));
}
