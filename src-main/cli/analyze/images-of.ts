import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Pictures } from '../../../src-shared/analysis/pictures.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';

/** What is said about the images of an analysis. */
export interface ImageOptions {
  readonly images?: string;
  readonly classes?: string;
  readonly grey: 'convert' | 'leave-out';
}

export interface ChosenImages {
  /** How many; null where nothing is said about it. */
  readonly count: number | null;
  /** A data set or a folder of pictures; null where each run has its own. */
  readonly data: string | Pictures | null;
}

/**
 * A count, the folder of that name, or else a data set, whose test part is meant.
 * @throws Problem `usage` for classes of what is no folder, and for another part
 */
export function imagesOf({ images, classes, grey }: ImageOptions): ChosenImages {
  if (images !== undefined && isFolder(images)) {
    const folder = resolve(images);
    const map = classes === undefined ? null : resolve(classes);
    const data = { folder, classes: map, grey: grey === 'convert' ? 'convert' : 'leave out' } as const;
    return { count: null, data };
  }
  if (classes !== undefined)
    throw new Problem(
      'usage',
      '--classes says what the folders of pictures show: give such a folder as --images.',
    );
  if (images === undefined) return { count: null, data: null };
  if (/^[1-9]\d*$/.test(images)) return { count: Number(images), data: null };
  if (/[/\\]/.test(images)) throw new Problem('not-found', `--images ${images}: there is no such folder.`);
  const [name = '', part = 'test'] = images.split(':');
  if (part === 'test') return { count: null, data: name };
  throw new Problem('usage', `--images ${images}: networks are looked at on the test part (${name}:test).`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
