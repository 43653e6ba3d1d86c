import { counted } from '../../../src-shared/counted.ts';
import type { DatasetSurvey } from '../../../src-shared/datasets/dataset-survey.ts';
import { damagedDataset } from '../damaged-dataset.ts';
import { ensureDataset } from '../ensure-dataset.ts';
import { sameImages } from '../find-repeats.ts';
import { readContent } from '../inspect-content.ts';
import { ChannelSums } from '../normalization.ts';
import { RepeatCounter } from './count-repeats.ts';
import { Fingerprints } from './find-near.ts';
import { MeanPictures } from './mean-pictures.ts';
import { createFingerprinter } from './perceptual-hash.ts';
import { pictureSizes } from './picture-sizes.ts';

export interface SurveyTask {
  readonly name: string;
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
}

export interface SurveyProgress {
  readonly phase: 'reading the images' | 'comparing the images';
  readonly share: number;
}

interface SurveyControl {
  readonly onProgress: (progress: SurveyProgress) => void;
  readonly pause: () => Promise<void>;
}

/** Images that are compared for being nearly the same, in the memory that this takes (280 MB). */
const MOST_COMPARED = 1_000_000;

/**
 * Looks at every image of a data set once, and at pairs of them that may be nearly the same. Takes some 300 bytes of memory for each
 * image. The built-in set is made first.
 * @throws Problem as `ensureDataset`; `data-invalid` if the images are not those that were added
 */
export async function surveyDataset(
  { name, dataRoot }: SurveyTask,
  { onProgress, pause }: SurveyControl,
): Promise<DatasetSurvey> {
  const dataset = ensureDataset(name, dataRoot);
  const { folder, description } = dataset;
  const { classes, shape, trainingCount, testCount, hash } = description;
  const count = trainingCount + testCount;
  const fingerprints = new Fingerprints(Math.min(count, MOST_COMPARED));
  const fingerprint = createFingerprinter(shape);
  const sums = new ChannelSums(shape[2]);
  const means = new MeanPictures(shape, classes.length);
  const onRead = (done: number, total: number): void =>
    onProgress({ phase: 'reading the images', share: done / total });
  const content = await readContent(folder, description, { onRead, pause }, (image, place, label) => {
    if (place < MOST_COMPARED) fingerprints.set(place, fingerprint(image));
    if (place >= trainingCount) return;
    sums.add(image);
    means.add(image, label);
  });
  if (content.hash !== hash)
    throw damagedDataset(folder, 'its images or labels have changed since they were added');

  const same = new RepeatCounter(content);
  for (const group of sameImages(content)) same.addSame(group);
  const near = new RepeatCounter(content);
  const isWhole = await fingerprints.findPairs(
    (one, other, correlation) => {
      if (!isSame(content, one, other)) near.addPair(one, other, correlation);
    },
    async (share) => {
      onProgress({ phase: 'comparing the images', share });
      await pause();
    },
  );
  const pictures = dataset.openPictures();
  const mean = await means.pictures();
  return {
    ...{ hash, counts: content.counts, ...sums.statistics() },
    ...{ meanPicture: mean.all, classMeans: mean.classes },
    ...{ same: same.counts(), near: near.counts(), flat: fingerprints.flat },
    nearLimit: isWhole ? tellCompared(count) : 'So many are alike that comparing them was stopped.',
    pairs: [...same.pairs(), ...near.pairs()],
    pictures: pictures && pictureSizes(pictures, trainingCount, shape[0]),
  };
}

function isSame(
  { digests, digestBytes }: { readonly digests: Buffer; readonly digestBytes: number },
  one: number,
  other: number,
): boolean {
  const digest = (place: number): Buffer => digests.subarray(place * digestBytes, (place + 1) * digestBytes);
  return digest(one).equals(digest(other));
}

function tellCompared(count: number): string {
  return count > MOST_COMPARED ? `Only the first ${counted(MOST_COMPARED, 'image')} were compared.` : '';
}
