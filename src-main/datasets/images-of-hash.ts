import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ImagesOfHash, isFolder } from '../../src-shared/analysis/outcomes.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { DatasetDescription } from './dataset.ts';
import { readDescription } from './description-file.ts';
import { knownDataset } from './known-dataset.ts';
import { pictureFiles } from './picture-files.ts';

export interface FoundImages {
  /** Of the prepared data set, or of the decoded pictures. */
  readonly folder: string;
  readonly description: DatasetDescription;
}

/**
 * The very images on which something was found, whatever they are called now.
 * @param roots folders of prepared data sets and of decoded pictures
 * @returns null where they are gone or were replaced
 */
export function findImages({ hash }: ImagesOfHash, roots: readonly string[]): FoundImages | null {
  const folders = roots
    .filter((root) => existsSync(root))
    .flatMap((root) =>
      readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => join(root, name)),
    );
  for (const folder of folders) {
    const description = knownDataset(() => readDescription(folder));
    if (description?.hash === hash) return { folder, description };
  }
  return null;
}

/** @throws Problem `data-missing` where they are gone or were replaced, with what to do */
export function requireImages(images: ImagesOfHash, roots: readonly string[]): FoundImages {
  const found = findImages(images, roots);
  if (found !== null) return found;
  const { name, hash } = images;
  const what = isFolder(images)
    ? `The decoded pictures of ${name} are no longer kept: look for what is misclassified on them again.`
    : `The data set ${name} is no longer there, or is not the one that was tested on (hash ${hash.slice(0, 8)}): add the earlier one again.`;
  throw new Problem('data-missing', what);
}

/** Paths of pictures within the folder that they came from, by their places; null for a data set, or where they are gone. */
export function filesOf(images: ImagesOfHash, roots: readonly string[]): readonly string[] | null {
  const found = findImages(images, roots);
  return found && pictureFiles(found.folder);
}
