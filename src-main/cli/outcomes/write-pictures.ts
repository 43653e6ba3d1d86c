import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ImagesOfHash } from '../../../src-shared/analysis/outcomes.ts';
import { counted } from '../../../src-shared/counted.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { testImages } from '../../datasets/test-images.ts';
import { csv } from '../../files/csv.ts';
import { withUsersUmask } from '../../files/umask.ts';
import { removeUnfinished, unfinishedPath } from '../../files/unfinished-files.ts';
import { writeProblem } from '../../files/write-problem.ts';
import { imageRoots } from '../../home.ts';
import { interruptible } from '../interrupt.ts';
import { stepDisplay } from '../step-progress.ts';

/** A picture to be written, with what is told of it. */
export interface WantedPicture {
  readonly image: number;
  /** What its file's name says besides its place in the order and its image: names of classes. */
  readonly words: readonly string[];
  /** In the columns of the table. */
  readonly row: readonly unknown[];
}

export interface WrittenPictures {
  readonly data: ImagesOfHash;
  readonly pictures: readonly WantedPicture[];
  readonly columns: readonly string[];
}

/** Pictures that are read and encoded together. */
const BATCH = 100;
/** Of a class's name, in the name of a file. */
const MOST_LETTERS = 30;

/** Refused before anything is computed. @throws Problem `usage` for a folder that is there already */
export function newFolder(output: string): string {
  const folder = resolve(output);
  if (!existsSync(folder)) return folder;
  throw new Problem('usage', `${folder} is there already: choose another folder with --output.`);
}

/**
 * Writes a folder, whole or not at all: the pictures as PNG, called by their place in the order, and `images.csv` with a line
 * for each.
 * @throws Problem `usage` or `disk-full` where it cannot be written, `data-missing` for the images; Interrupted
 */
export async function writePictures(
  folder: string,
  { data, pictures, columns }: WrittenPictures,
): Promise<void> {
  const unfinished = unfinishedPath(folder);
  const display = stepDisplay(process.stderr);
  const title = `writing ${counted(pictures.length, 'picture')}`;
  const lines: unknown[][] = [];
  try {
    withUsersUmask(() => mkdirSync(dirname(folder), { recursive: true }));
    removeUnfinished(dirname(folder));
    withUsersUmask(() => mkdirSync(unfinished));
    await interruptible(async (signal) => {
      for (let start = 0; start < pictures.length; start += BATCH) {
        signal.throwIfAborted();
        display.show({ title, done: start, total: pictures.length, note: '' });
        const batch = pictures.slice(start, start + BATCH);
        const images = batch.map(({ image }) => image);
        const read = await testImages({ roots: imageRoots(), data, images });
        for (const [place, { file, bytes }] of read.entries()) {
          const wanted = batch[place];
          if (wanted === undefined) continue;
          const name = fileName(start + place, wanted);
          withUsersUmask(() => writeFileSync(join(unfinished, name), bytes));
          lines.push([name, file, wanted.image, ...wanted.row]);
        }
      }
    });
    const table = csv(['picture', 'file', 'image', ...columns], lines);
    withUsersUmask(() => writeFileSync(join(unfinished, 'images.csv'), table));
    renameSync(unfinished, folder);
  } catch (error) {
    throw writeProblem(error, folder, 'Choose another folder with --output.');
  } finally {
    display.end();
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** `0001-image-17-cat-dog.png`: sorted by name they are in order, whatever classes are called. */
function fileName(place: number, { image, words }: WantedPicture): string {
  const plain = words.map((word) => word.replaceAll(/[^\p{L}\p{N}_.]+/gu, '_').slice(0, MOST_LETTERS));
  return `${String(place + 1).padStart(4, '0')}-image-${image}-${plain.join('-')}.png`;
}
