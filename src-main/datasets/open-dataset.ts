import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../../src-shared/contract/problem.ts';
import { contentHash } from './content-hash.ts';
import type { DatasetDescription, ImagePart } from './dataset.ts';

/** Version of the layout of a prepared folder, in `dataset.json`. */
export const PREPARED_FORMAT = 1;

/** A prepared folder, opened. Nothing of the images is read until asked for. */
export interface PreparedDataset {
  readonly folder: string;
  readonly description: DatasetDescription;
  /**
   * Reads the training part into shared memory, so that a worker can see it without a copy.
   * @throws Problem `data-invalid` if the file is missing, of a wrong size, or has a label out of range
   */
  readTraining(): ImagePart;
  /** Reads the test part; to be called once, at the end of a run. Throws as `readTraining` does. */
  readTest(): ImagePart;
  /**
   * Reads both parts and compares their hash with the one in dataset.json.
   * @throws Problem `data-invalid` if it differs
   */
  verify(): void;
}

export const datasetDescriptionSchema = z.object({
  name: z.string(),
  classes: z.array(z.string()).min(2),
  shape: z.tuple([z.int().positive(), z.int().positive(), z.union([z.literal(1), z.literal(3)])]),
  trainingCount: z.int().positive(),
  testCount: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  source: z.string(),
});

const fileSchema = datasetDescriptionSchema.extend({ format: z.literal(PREPARED_FORMAT) });

/**
 * Opens a prepared folder and checks its description and the sizes of its files.
 * @throws Problem `data-missing` without dataset.json, `data-invalid` if something in it is damaged
 */
export function openDataset(folder: string): PreparedDataset {
  const description = readDescription(folder);
  const { trainingCount, testCount } = description;
  checkSize(folder, 'training.bin', trainingCount, description);
  checkSize(folder, 'test.bin', testCount, description);
  const readTraining = (): ImagePart => readPart(folder, 'training.bin', trainingCount, description);
  const readTest = (): ImagePart => readPart(folder, 'test.bin', testCount, description);
  return {
    folder,
    description,
    readTraining,
    readTest,
    verify: () => {
      const found = contentHash(description.classes, readTraining(), readTest());
      if (found === description.hash) return;
      throw damaged(folder, `its content has the hash ${found}, dataset.json says ${description.hash}`);
    },
  };
}

/**
 * Reads and checks `dataset.json` alone.
 * @throws Problem `data-missing` if there is none, `data-invalid` if it is not one
 */
export function readDescription(folder: string): DatasetDescription {
  const file = path.join(folder, 'dataset.json');
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    throw new Problem('data-missing', `there is no prepared data set in ${folder} (no dataset.json)`, {
      cause: error,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw damaged(folder, `dataset.json is not JSON (${error instanceof Error ? error.message : ''})`);
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    throw damaged(folder, `dataset.json: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  }
  const { name, classes, shape, trainingCount, testCount, hash, source } = parsed.data;
  return { name, classes, shape, trainingCount, testCount, hash, source };
}

function imageBytes({ shape }: DatasetDescription): number {
  return shape[0] * shape[1] * shape[2];
}

function checkSize(folder: string, file: string, count: number, description: DatasetDescription): number {
  const expected = count * (2 + imageBytes(description));
  const found = fs.statSync(path.join(folder, file), { throwIfNoEntry: false })?.size;
  if (found === undefined) throw damaged(folder, `${file} is missing`);
  if (found !== expected) {
    const what = found < expected ? 'truncated' : 'too long';
    const images = `${count} images of ${description.shape.join('x')}`;
    throw damaged(folder, `${file} is ${what}: expected ${expected} bytes (${images}), found ${found}`);
  }
  return expected;
}

function readPart(folder: string, file: string, count: number, description: DatasetDescription): ImagePart {
  const bytes = checkSize(folder, file, count, description);
  const content = new Uint8Array(new SharedArrayBuffer(bytes));
  const handle = fs.openSync(path.join(folder, file), 'r');
  try {
    for (let at = 0; at < bytes;) {
      const read = fs.readSync(handle, content, at, Math.min(bytes - at, 1 << 30), null);
      if (read === 0) throw damaged(folder, `${file} ended after ${at} of ${bytes} bytes`);
      at += read;
    }
  } finally {
    fs.closeSync(handle);
  }
  return {
    count,
    shape: description.shape,
    images: content.subarray(count * 2),
    labels: readLabels(content, folder, file, count, description.classes.length),
  };
}

function readLabels(
  content: Uint8Array,
  folder: string,
  file: string,
  count: number,
  classes: number,
): Uint16Array {
  const view = new DataView(content.buffer, content.byteOffset, count * 2);
  const labels = new Uint16Array(new SharedArrayBuffer(count * 2));
  for (let index = 0; index < count; index++) {
    const label = view.getUint16(index * 2, true);
    if (label >= classes) {
      throw damaged(folder, `${file}: image ${index} has label ${label}, but there are ${classes} classes`);
    }
    labels[index] = label;
  }
  return labels;
}

function damaged(folder: string, what: string): Problem {
  const name = path.basename(folder);
  return new Problem(
    'data-invalid',
    `the data set in ${folder} is damaged: ${what}. Remove the folder and add it again: kindling dataset add ${name}`,
  );
}
