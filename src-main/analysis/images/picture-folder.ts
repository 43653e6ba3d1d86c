import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Pictures, picturesSchema } from '../../../src-shared/analysis/pictures.ts';
import { canonicalHash } from '../../../src-shared/canonical-hash.ts';
import { counted } from '../../../src-shared/counted.ts';
import { datasetRemarkSchema, note } from '../../../src-shared/datasets/dataset-remark.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { shapeSchema } from '../../../src-shared/networks/import-options.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import { tellUnread } from '../../datasets/import/tell-passed-over.ts';
import { picturesIn } from '../../datasets/inputs/find-pictures.ts';
import { outputsOfClasses } from '../outputs-of-classes.ts';
import { readClassMap } from './class-map.ts';

/** A folder of pictures as a network takes them, before any is decoded. */
export const pictureFolderSchema = z.object({
  ...picturesSchema.shape,
  /** Paths within the folder, and the class of each among `named`. */
  pictures: z.array(z.object({ file: z.string(), label: z.int() })),
  /** The network's numbers and names of the classes that occur, in its order. */
  outputs: z.array(z.int()),
  named: z.array(z.string()),
  size: z.object({ shape: shapeSchema, shortSide: z.int() }),
  /** Of the files (paths, sizes, times of change), their classes, and what becomes of them. */
  fingerprint: z.string(),
  remarks: z.array(datasetRemarkSchema),
});
export type PictureFolder = z.output<typeof pictureFolderSchema>;

/** Of what is kept of the pictures: those that were decoded by an earlier Kindling without their names are decoded again. */
const FORMAT = 2;

/** As many folders as are named in a message. */
const NAMED = 5;

/**
 * Looks at a folder of pictures for a network, without opening any.
 * @throws Problem `not-found` for what is not there, `data-invalid` for a map that is none, `usage` for a folder
 *   without pictures, pictures outside the folders of classes, classes that the network does not have, or one class alone
 */
export function surveyPictures(network: NetworkRecord, asked: Pictures): PictureFolder {
  const { folder, grey } = asked;
  const map = asked.classes === null ? null : readClassMap(asked.classes);
  const { pictures: files, unread } = picturesIn(folder);
  const folders = [...new Set(files.map(classFolder))];
  if (folders.includes('') && map === null)
    throw new Problem(
      'usage',
      `${folder} has pictures that are in no folder of a class (${files.find((file) => classFolder(file) === '')}): put the pictures of each class into a folder that is called as the class.`,
    );
  const absent = [...(map?.keys() ?? [])].filter((each) => !folders.includes(each));
  if (absent.length > 0)
    throw new Problem(
      'usage',
      `${asked.classes ?? ''} names folders that ${folder} does not have, or that have no pictures: ${absent.slice(0, NAMED).join(', ')}.`,
    );
  const shown = folders.filter((each) => map === null || map.has(each));
  const outputs = outputsOfFolders(network, shown, map, asked.classes ?? folder);
  const occurring = [...new Set(outputs)].toSorted((one, other) => one - other);
  if (occurring.length < 2)
    throw new Problem('usage', `${folder} has pictures of one class only: an analysis needs two or more.`);
  const labels = new Map(shown.map((each, at) => [each, occurring.indexOf(outputs[at] ?? 0)]));
  const pictures = files.flatMap((file) => {
    const label = labels.get(classFolder(file));
    return label === undefined ? [] : [{ file, label }];
  });
  const size = { shape: network.input, shortSide: network.preprocessing.shortSide };
  const named = occurring.map((output) => network.classes[output] ?? '');
  const stamps = pictures.map(({ file, label }) => [file, label, ...stampOf(join(folder, file))]);
  const left = files.length - pictures.length;
  return {
    ...asked,
    ...{ pictures, outputs: occurring, named, size },
    fingerprint: canonicalHash({ format: FORMAT, stamps, named, size, grey }),
    remarks: [
      ...(left === 0 ? [] : [note(`${counted(left, 'picture')} of folders without a class left out.`)]),
      ...tellUnread(unread.filter((file) => labels.has(classFolder(file)))),
    ],
  };
}

/** The first folder of a path; empty for a picture beside the folders. */
function classFolder(file: string): string {
  const end = file.indexOf('/');
  return end < 0 ? '' : file.slice(0, end);
}

/** Folders may show the same class only where a map says so. @param data what names the classes, for messages */
function outputsOfFolders(
  network: NetworkRecord,
  folders: readonly string[],
  map: ReadonlyMap<string, string> | null,
  data: string,
): number[] {
  if (map === null) return outputsOfClasses(network, folders, data);
  const wanted = folders.map((each) => map.get(each) ?? '');
  const named = [...new Set(wanted)];
  const outputs = outputsOfClasses(network, named, data);
  return wanted.map((each) => outputs[named.indexOf(each)] ?? 0);
}

function stampOf(file: string): [bytes: number, changed: number] {
  const { size, mtimeMs } = statSync(file);
  return [size, mtimeMs];
}
