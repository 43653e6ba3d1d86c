import { Problem } from '../../../src-shared/contract/problem.ts';
import type { ImagePart } from '../dataset.ts';
import type { DatasetContent } from '../write-prepared.ts';

const SIDE = 32;
const PLANE = SIDE * SIDE;

/** How one of the two sets is laid out: label bytes per record (the last one counts), files and their lengths. */
export interface CifarLayout {
  readonly title: string;
  readonly labelBytes: 1 | 2;
  readonly training: readonly string[];
  readonly test: readonly string[];
  readonly trainingRecords: number;
  readonly testRecords: number;
  /** Optional file with one class name a line, in the order of the labels. */
  readonly names: string;
  readonly classes: number;
}

export const CIFAR10_LAYOUT: CifarLayout = {
  title: 'CIFAR-10',
  labelBytes: 1,
  training: [1, 2, 3, 4, 5].map((index) => `data_batch_${index}.bin`),
  test: ['test_batch.bin'],
  trainingRecords: 10_000,
  testRecords: 10_000,
  names: 'batches.meta.txt',
  classes: 10,
};

export const CIFAR100_LAYOUT: CifarLayout = {
  title: 'CIFAR-100',
  labelBytes: 2,
  training: ['train.bin'],
  test: ['test.bin'],
  trainingRecords: 50_000,
  testRecords: 10_000,
  names: 'fine_label_names.txt',
  classes: 100,
};

/** The names of all files that belong to a layout. */
export function cifarFiles(layout: CifarLayout): readonly string[] {
  return [...layout.training, ...layout.test, layout.names];
}

/**
 * Reads CIFAR's binary version: per record the label byte(s), then 1024 bytes each of red, green and blue, row by
 * row (https://www.cs.toronto.edu/~kriz/cifar.html).
 * @param files contents by file name
 * @param classes the names to use where the source has no file of names
 * @throws Problem `data-invalid` for a missing, wrong-sized or mislabelled file
 */
export function readCifar(
  layout: CifarLayout,
  files: ReadonlyMap<string, Buffer>,
  classes: readonly string[],
  source: string,
): DatasetContent {
  const part = (names: readonly string[], records: number): ImagePart =>
    readPart(layout, names, records, files, source);
  return {
    classes: readNames(layout, files) ?? classes,
    training: part(layout.training, layout.trainingRecords),
    test: part(layout.test, layout.testRecords),
    source: `${layout.title}, binary version, from ${source}`,
  };
}

function readNames(layout: CifarLayout, files: ReadonlyMap<string, Buffer>): string[] | null {
  const lines = files.get(layout.names)?.toString('utf8').split(/\r?\n/);
  const names = lines?.map((line) => line.trim()).filter((line) => line !== '');
  return names?.length === layout.classes ? names : null;
}

function readPart(
  layout: CifarLayout,
  names: readonly string[],
  records: number,
  files: ReadonlyMap<string, Buffer>,
  source: string,
): ImagePart {
  const length = layout.labelBytes + PLANE * 3;
  const count = names.length * records;
  const images = new Uint8Array(count * PLANE * 3);
  const labels = new Uint16Array(count);
  for (const [batch, name] of names.entries()) {
    const file = files.get(name);
    const invalid = (what: string): Problem =>
      new Problem('data-invalid', `${source}: ${name} ${what}. Get the files of ${layout.title} again.`);
    if (file === undefined) throw invalid('is missing');
    if (file.length !== records * length) {
      throw invalid(
        `has a wrong size: expected ${records * length} bytes (${records} records), found ${file.length}`,
      );
    }
    for (let record = 0; record < records; record++) {
      const label = file[record * length + layout.labelBytes - 1] ?? 0;
      if (label >= layout.classes)
        throw invalid(`has label ${label} in record ${record}, a number below ${layout.classes} was due`);
      const index = batch * records + record;
      labels[index] = label;
      interleave(file, record * length + layout.labelBytes, images, index * PLANE * 3);
    }
  }
  return { count, shape: [SIDE, SIDE, 3], images, labels };
}

/** From three planes to channels last. */
function interleave(from: Uint8Array, start: number, to: Uint8Array, at: number): void {
  for (let pixel = 0; pixel < PLANE; pixel++) {
    to[at + pixel * 3] = from[start + pixel] as number;
    to[at + pixel * 3 + 1] = from[start + PLANE + pixel] as number;
    to[at + pixel * 3 + 2] = from[start + 2 * PLANE + pixel] as number;
  }
}
