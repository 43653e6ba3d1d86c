import path from 'node:path';
import sharp from 'sharp';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { OnDatasetProgress } from '../progress.ts';
import type { DatasetContent } from '../write-prepared.ts';
import { assembleImages, commonShape } from './assemble-images.ts';
import type { CifarLayout } from './cifar-binary.ts';
import { CIFAR100_LAYOUT, CIFAR10_LAYOUT, cifarFiles, readCifar } from './cifar-binary.ts';
import type { DecodedImage } from './decode-image.ts';
import { decodeImage, isImageFile } from './decode-image.ts';
import { isIdxFile, readIdx } from './idx.ts';
import { arrangeImages, isLitter } from './image-paths.ts';
import { readSource } from './source-files.ts';

export interface ImportOptions {
  /** Side of the square to which every picture is brought; null: as they are. Only for pictures. */
  readonly size: number | null;
  /** Class names in the order of their labels where the data set is a known one, else empty. */
  readonly classes: readonly string[];
  /** Told of each official file before it is used, to check it. */
  readonly onOfficialFile?: (name: string, bytes: Buffer) => void;
  readonly onProgress?: OnDatasetProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

const LAYOUTS: readonly CifarLayout[] = [CIFAR10_LAYOUT, CIFAR100_LAYOUT];

/**
 * Reads a folder or tar of whatever Kindling understands: CIFAR's binary version, the IDX files of the MNIST family,
 * or pictures in a folder per class. Which it is, the names of the files say. One IDX file stands for the four beside
 * each other; nothing else in their folder, which may be full of downloads, is looked at.
 * @throws Problem `data-invalid`, `not-found`
 */
export async function importSource(from: string, options: ImportOptions): Promise<DatasetContent> {
  const oneFile = isIdxFile(path.basename(from));
  const root = oneFile ? path.dirname(from) : from;
  const source = path.basename(root);
  const official = new Map<string, Buffer>();
  const decoded = new Map<string, DecodedImage>();
  const folders: string[] = [];
  // Pictures are decoded several at once; each needs no threads of its own.
  sharp.concurrency(1);
  await readSource(
    root,
    {
      deep: !oneFile,
      accepts: (file) =>
        oneFile
          ? isIdxFile(file)
          : !isLitter(file) && (isOfficial(path.posix.basename(file)) || isImageFile(file)),
      folder: (folder) => folders.push(folder),
      file: async (file, bytes) => {
        const name = path.posix.basename(file);
        if (isOfficial(name)) {
          options.onOfficialFile?.(name, bytes);
          official.set(name, bytes);
        } else {
          decoded.set(file, await decodeImage(file, bytes, options.size));
        }
      },
      read: (done, total) =>
        options.onProgress?.({ phase: 'import', what: source, done, total, images: decoded.size }),
    },
    options.signal,
  );
  const content = readOfficial(official, options, source);
  if (content === null) return readPictures(decoded, folders, options, source);
  if (options.size === null) return content;
  throw new Problem('usage', `--size is for pictures; the images of ${source} have one size already`);
}

function isOfficial(name: string): boolean {
  return isIdxFile(name) || LAYOUTS.some((layout) => cifarFiles(layout).includes(name));
}

function readOfficial(
  files: ReadonlyMap<string, Buffer>,
  { classes }: ImportOptions,
  source: string,
): DatasetContent | null {
  for (const layout of LAYOUTS) {
    if (![...layout.training, ...layout.test].some((name) => files.has(name))) continue;
    const names = classes.length === layout.classes ? classes : numbered(layout.classes);
    return readCifar(layout, files, names, source);
  }
  return [...files.keys()].some(isIdxFile) ? readIdx(files, classes, source) : null;
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, label) => `${label}`);
}

function readPictures(
  decoded: ReadonlyMap<string, DecodedImage>,
  folders: readonly string[],
  { classes }: ImportOptions,
  source: string,
): DatasetContent {
  const arranged = arrangeImages([...decoded.keys()], folders, classes, source);
  // In the order of the paths, so that the examples in a message do not depend on the order of decoding.
  const shape = commonShape(new Map([...decoded].sort(([a], [b]) => (a < b ? -1 : 1))), source);
  return {
    classes: arranged.classes,
    training: assembleImages(arranged.training, decoded, shape, source),
    test: assembleImages(arranged.test, decoded, shape, source),
    source: `pictures from ${source}`,
  };
}
