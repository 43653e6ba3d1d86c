import fs from 'node:fs';
import path from 'node:path';
import type { DatasetDescription } from './dataset.ts';
import type { PreparedDataset } from './open-dataset.ts';

/** A class of a data set: how many images it has in each part, and its first training images. */
export interface ClassSample {
  readonly name: string;
  readonly training: number;
  readonly test: number;
  /** Each height x width x channels bytes, row by row, channels last. */
  readonly images: readonly Uint8Array[];
}

/**
 * Reads the labels of both parts and only those images that are shown: a data set may be larger than the memory.
 * @param perClass images of each class, fewer where it has fewer
 */
export function sampleClasses({ folder, description }: PreparedDataset, perClass: number): ClassSample[] {
  const training = readLabels(path.join(folder, 'training.bin'), description.trainingCount);
  const test = countLabels(readLabels(path.join(folder, 'test.bin'), description.testCount));
  const totals = countLabels(training);
  const images = readImages(path.join(folder, 'training.bin'), description, firstOfEach(training, perClass));
  return description.classes.map((name, label) => ({
    name,
    training: totals.get(label) ?? 0,
    test: test.get(label) ?? 0,
    images: images.get(label) ?? [],
  }));
}

/** Labels are 16-bit little-endian numbers at the start of a part's file. */
function readLabels(file: string, count: number): number[] {
  const handle = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(count * 2);
    fs.readSync(handle, bytes, 0, bytes.length, 0);
    return Array.from({ length: count }, (_, index) => bytes.readUInt16LE(index * 2));
  } finally {
    fs.closeSync(handle);
  }
}

function countLabels(labels: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** Indices of the first images of each class. */
function firstOfEach(labels: readonly number[], perClass: number): Map<number, number[]> {
  const chosen = new Map<number, number[]>();
  labels.forEach((label, index) => {
    const indices = chosen.get(label) ?? [];
    if (indices.length < perClass) chosen.set(label, [...indices, index]);
  });
  return chosen;
}

function readImages(
  file: string,
  { trainingCount, shape: [height, width, channels] }: DatasetDescription,
  chosen: ReadonlyMap<number, readonly number[]>,
): Map<number, Uint8Array[]> {
  const size = height * width * channels;
  const handle = fs.openSync(file, 'r');
  const readImage = (index: number): Uint8Array => {
    const image = new Uint8Array(size);
    fs.readSync(handle, image, 0, size, trainingCount * 2 + index * size);
    return image;
  };
  try {
    return new Map([...chosen].map(([label, indices]) => [label, indices.map(readImage)]));
  } finally {
    fs.closeSync(handle);
  }
}
