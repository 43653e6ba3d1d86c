import type { Hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '../../../src-shared/counted.ts';
import { note } from '../../../src-shared/datasets/dataset-remark.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { beginContentHash, labelBytes } from '../../datasets/content-hash.ts';
import { countLabels } from '../../datasets/count-labels.ts';
import type { DatasetDescription } from '../../datasets/dataset.ts';
import {
  orUnreadable,
  tellBroken,
  Unreadable,
  type BrokenPicture,
} from '../../datasets/import/broken-pictures.ts';
import { inOrder } from '../../datasets/import/in-order.ts';
import { ScratchFile } from '../../files/scratch-file.ts';
import { decodeInput, type DecodedInput } from '../../datasets/inputs/decode-input.ts';
import { PartWriter } from '../../datasets/part-writer.ts';
import { UnfinishedDataset } from '../../datasets/unfinished-dataset.ts';
import { requireRoom } from '../../files/disk-full.ts';
import type { PictureFolder } from './picture-folder.ts';
import { FILES } from '../../datasets/picture-files.ts';

/** Pictures that are read and decoded at once: decoding has four threads, and the next ones are read meanwhile. */
const AHEAD = 32;

/** Told the share that is done, from 0 to 1; awaited between pictures, and throws when the work is no longer wanted. */
export interface PreparingControl {
  readonly progress: (share: number) => void;
  readonly pause: () => Promise<void>;
}

/**
 * Decodes pictures to bytes of a network's input, as the test part of a prepared data set without a training part. It is
 * written as a whole or not at all; no more than a few pictures are in memory.
 * @param root folder of such sets; the set is called by the fingerprint
 * @throws Problem `data-invalid` where no class or only one has pictures that can be used, `disk-full`
 */
export async function preparePictures(
  root: string,
  asked: PictureFolder,
  control: PreparingControl,
): Promise<DatasetDescription> {
  const { pictures, size, fingerprint } = asked;
  const imageBytes = size.shape.reduce((product, extent) => product * extent, 1);
  const unfinished = new UnfinishedDataset(root, fingerprint);
  const scratch = new ScratchFile(join(unfinished.folder, 'decoded.bin'));
  try {
    // once as they are decoded, once behind their labels
    requireRoom(root, 2 * pictures.length * imageBytes);
    const decoded = await decodeAll(asked, scratch, control);
    const description = describe(asked, decoded);
    const hash = beginContentHash(description);
    // the training part, in which there is nothing
    new PartWriter(join(unfinished.folder, 'training.bin'), 0, 0).close();
    writePart(join(unfinished.folder, 'test.bin'), { scratch, labels: decoded.labels, imageBytes, hash });
    writeFileSync(join(unfinished.folder, FILES), JSON.stringify(decoded.files));
    const whole = { ...description, hash: hash.digest('hex') };
    unfinished.finish(whole);
    return whole;
  } catch (error) {
    throw unfinished.problem(error);
  } finally {
    scratch.close();
    unfinished.discard();
  }
}

interface DecodedPictures {
  /** Of those in the scratch file, in its order. */
  readonly labels: Uint16Array;
  /** Their paths within the folder. */
  readonly files: readonly string[];
  readonly broken: readonly BrokenPicture[];
  /** Left out because they are grey. */
  readonly greys: number;
}

async function decodeAll(
  { folder, pictures, size, grey }: PictureFolder,
  scratch: ScratchFile,
  { progress, pause }: PreparingControl,
): Promise<DecodedPictures> {
  const labels: number[] = [];
  const files: string[] = [];
  const broken: BrokenPicture[] = [];
  let [greys, done] = [0, 0];
  const isLeftOut = ({ isGrey }: DecodedInput): boolean =>
    isGrey && size.shape[2] === 3 && grey === 'leave out';
  const decode = async (picture: (typeof pictures)[number]) => ({
    ...picture,
    input: await orUnreadable(async () => decodeInput(await readFile(join(folder, picture.file)), size)),
  });
  for await (const { file, label, input } of inOrder(eachOf(pictures), decode, { most: AHEAD })) {
    if (input instanceof Unreadable) broken.push({ file, reason: input.message });
    else if (isLeftOut(input)) greys++;
    else {
      scratch.append(input.pixels);
      labels.push(label);
      files.push(file);
    }
    progress(++done / pictures.length);
    await pause();
  }
  return { labels: Uint16Array.from(labels), files, broken, greys };
}

async function* eachOf<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) yield await Promise.resolve(item);
}

function describe(
  { folder, named, size, remarks, fingerprint }: PictureFolder,
  { labels, broken, greys }: DecodedPictures,
): Omit<DatasetDescription, 'hash'> {
  const counts = countLabels(labels, named.length);
  const empty = named.filter((_, label) => counts[label] === 0);
  const leftOut = [
    ...tellBroken(broken),
    ...(greys === 0 ? [] : [note(`${counted(greys, 'grey picture')} left out.`)]),
  ];
  if (empty.length > 0)
    throw new Problem(
      'data-invalid',
      [
        `${folder} has no picture that can be used of ${empty.join(', ')}.`,
        ...leftOut.map(({ text }) => text),
      ].join(' '),
    );
  const [height, width, channels] = size.shape;
  return {
    name: fingerprint,
    classes: named,
    shape: [height, width, channels],
    trainingCount: 0,
    testCount: labels.length,
    classCounts: { training: named.map(() => 0), test: counts },
    pictures: null,
    source: folder,
    options: {},
    remarks: [...remarks, ...leftOut],
  };
}

interface PartContent {
  readonly scratch: ScratchFile;
  readonly labels: Uint16Array;
  readonly imageBytes: number;
  readonly hash: Hash;
}

/** Labels, and behind them the images; all of it is hashed on the way. */
function writePart(file: string, { scratch, labels, imageBytes, hash }: PartContent): void {
  const writer = new PartWriter(file, labels.length, imageBytes);
  try {
    writer.setLabels(labels);
    hash.update(labelBytes(labels));
    const image = new Uint8Array(imageBytes);
    for (let index = 0; index < labels.length; index++) {
      scratch.read(index * imageBytes, image);
      hash.update(image);
      writer.append(image);
    }
    writer.finish();
  } finally {
    writer.close();
  }
}
