import path from 'node:path';
import { z } from 'zod';
import {
  type DatasetImage,
  type DatasetImages,
  type WantedImages,
  wantedImagesSchema,
} from '../../src-shared/contract/api/datasets.ts';
import type { ImagePlace } from '../../src-shared/datasets/dataset-survey.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import type { ImagesInFile } from './dataset.ts';
import { ensureDataset } from './ensure-dataset.ts';
import { pixelsOf } from './image-reader.ts';
import { pngOf } from './png-of.ts';
import { writtenAt } from './written-at.ts';

export interface GalleryTask {
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
  readonly name: string;
  readonly wanted: WantedImages;
  /** Whether the images are known to be those that were added. */
  readonly isVerified: boolean;
}

const place = { part: z.enum(['training', 'test']), image: z.int(), label: z.int() };

export const SHOWING_IMAGES: WorkKind<GalleryTask, DatasetImages> = {
  who: 'The reading of images',
  program: new URL('./gallery-thread.ts', import.meta.url),
  carrier: 'thread',
  task: z.object({
    dataRoot: z.string(),
    name: z.string(),
    wanted: wantedImagesSchema,
    isVerified: z.boolean(),
  }),
  result: z.object({
    total: z.int(),
    images: z.array(z.object({ ...place, bytes: z.instanceof(Uint8Array) })),
  }),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'smaller data sets',
  timeouts: READING_TIMEOUTS,
};

/** A larger data set is not read whole before some of its images are shown; a survey, which reads all of it, checks it. */
const MOST_VERIFIED = 1e9;

/**
 * Some images of a data set, as PNG. The built-in one is made first.
 * @throws Problem as `ensureDataset`; `data-invalid` if they are not those that were added; `not-found` for a place that there is not
 */
export async function readGallery({
  dataRoot,
  name,
  wanted,
  isVerified,
}: GalleryTask): Promise<DatasetImages> {
  const dataset = ensureDataset(name, dataRoot);
  if (!isVerified && dataset.checkSizes() <= MOST_VERIFIED) dataset.verify();
  const parts = { training: dataset.glanceAt('training'), test: dataset.glanceAt('test') };
  if ('places' in wanted) {
    const { places } = wanted;
    // the file of each part is opened once, whatever the order
    const read = await Promise.all(
      [...Map.groupBy(places, ({ part }) => part)].map(async ([part, own]) => {
        const images = own.map(({ image }) => image);
        return [part, (await readPlaces(name, part, parts[part], images)).values()] as const;
      }),
    );
    const next = new Map(read);
    const images = places.flatMap(({ part }) => next.get(part)?.next().value ?? []);
    return { total: images.length, images };
  }
  const { part, label, from, count } = wanted;
  const { labels } = parts[part];
  const matching = label === null ? null : placesOf(labels, label);
  const total = matching?.length ?? labels.length;
  const end = Math.min(total, from + count);
  const chosen =
    matching?.slice(from, end) ?? Array.from({ length: Math.max(0, end - from) }, (_, at) => from + at);
  return { total, images: await readPlaces(name, part, parts[part], chosen) };
}

function placesOf(labels: Uint16Array, wanted: number): number[] {
  const places: number[] = [];
  for (let image = 0; image < labels.length; image++) if (labels[image] === wanted) places.push(image);
  return places;
}

async function readPlaces(
  name: string,
  part: ImagePlace['part'],
  images: ImagesInFile,
  places: readonly number[],
): Promise<DatasetImage[]> {
  return Promise.all(
    pixelsOf(images, places, name, `${part} image`).map(async (pixels, at) => {
      const image = places[at] as number;
      const bytes = await pngOf(pixels, images.shape);
      return { part, image, label: images.labels[image] as number, bytes };
    }),
  );
}

/** Data sets that were read whole, by their folders: when their files were written then. */
const verified = new Map<string, string>();

/** `readGallery` in a thread of its own. Data that have not changed since are not read whole again for further images. */
export async function showImages(task: Omit<GalleryTask, 'isVerified'>): Promise<DatasetImages> {
  const folder = path.join(task.dataRoot, task.name);
  const before = writtenAt(folder);
  const shown = await doElsewhere(SHOWING_IMAGES, { ...task, isVerified: verified.get(folder) === before });
  verified.set(folder, before);
  return shown;
}
