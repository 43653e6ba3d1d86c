import path from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { PartName } from '../part-file.ts';
import { PartWriter } from '../part-writer.ts';
import { requireRoom } from '../../files/disk-full.ts';
import type { ImportedContent } from '../import/import-task.ts';
import {
  defineReader,
  numberedName,
  type DatasetReader,
  type Reading,
  type ReaderOptions,
} from './reader.ts';
import type { SourceFile } from '../import/source.ts';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const IMAGE = PLANE * 3;

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

/** A file of names that is longer is none. */
const LONGEST_NAMES = 1 << 16;

function cifarReader(layout: CifarLayout): DatasetReader {
  const images = [...layout.training, ...layout.test];
  const own = [...images, layout.names];
  return defineReader({
    title: layout.title,
    isOwn: (name) => own.includes(name),
    holdsImages: (name) => images.includes(name),
    plainName: (name) => name,
    beside: null,
    options: [],
    begin: (options) => new CifarReading(layout, options),
  });
}

export const cifar10 = cifarReader(CIFAR10_LAYOUT);
export const cifar100 = cifarReader(CIFAR100_LAYOUT);

interface Part {
  readonly files: readonly string[];
  readonly records: number;
  readonly labels: Uint16Array;
  readonly writer: PartWriter;
}

/**
 * Reads CIFAR's binary version: per record the label byte(s), then 1024 bytes each of red, green and blue, row by
 * row (https://www.cs.toronto.edu/~kriz/cifar.html). One file at a time is in memory, 31 MB or 154 MB.
 */
export class CifarReading implements Reading {
  readonly #layout: CifarLayout;
  readonly #options: Pick<ReaderOptions, 'folder' | 'classes' | 'source'>;
  readonly #parts: Readonly<Record<PartName, Part>>;
  readonly #taken = new Set<string>();
  #classes: readonly string[] | null = null;

  constructor(layout: CifarLayout, options: Pick<ReaderOptions, 'folder' | 'classes' | 'source'>) {
    this.#layout = layout;
    this.#options = options;
    const count = layout.training.length * layout.trainingRecords + layout.test.length * layout.testRecords;
    requireRoom(options.folder, count * (IMAGE + 2));
    this.#parts = {
      training: this.#part('training', layout.training, layout.trainingRecords),
      test: this.#part('test', layout.test, layout.testRecords),
    };
  }

  async take(file: SourceFile): Promise<void> {
    const name = path.posix.basename(file.path);
    const { names } = this.#layout;
    if (name === names && file.bytes <= LONGEST_NAMES) this.#classes = this.#readNames(await file.all());
    for (const part of Object.values(this.#parts)) {
      const batch = part.files.indexOf(name);
      if (batch >= 0) await this.#takeBatch(part, batch, file);
    }
  }

  finish(): ImportedContent {
    const { title, training, test, classes } = this.#layout;
    for (const name of [...training, ...test])
      if (!this.#taken.has(name)) throw this.#invalid(name, 'is missing');
    for (const { writer, labels } of Object.values(this.#parts)) {
      writer.setLabels(labels);
      writer.finish();
    }
    const known = this.#options.classes.length === classes ? this.#options.classes : numbered(classes);
    return {
      classes: this.#classes ?? known,
      shape: [SIDE, SIDE, 3],
      trainingCount: this.#parts.training.labels.length,
      testCount: this.#parts.test.labels.length,
      pictures: null,
      source: `${title}, binary version, from ${this.#options.source}`,
      remarks: [],
      nameOf: numberedName,
    };
  }

  close(): void {
    for (const { writer } of Object.values(this.#parts)) writer.close();
  }

  #part(name: PartName, files: readonly string[], records: number): Part {
    const count = files.length * records;
    const writer = new PartWriter(path.join(this.#options.folder, `${name}.bin`), count, IMAGE);
    return { files, records, labels: new Uint16Array(count), writer };
  }

  async #takeBatch({ files, records, labels, writer }: Part, batch: number, file: SourceFile): Promise<void> {
    const { labelBytes, classes } = this.#layout;
    const name = files[batch] ?? '';
    const length = labelBytes + IMAGE;
    if (file.bytes !== records * length) {
      const expected = `expected ${records * length} bytes (${records} records), found ${file.bytes}`;
      throw this.#invalid(name, `has a wrong size: ${expected}`);
    }
    const bytes = await file.all();
    const images = new Uint8Array(records * IMAGE);
    for (let record = 0; record < records; record++) {
      const label = bytes[record * length + labelBytes - 1] ?? 0;
      if (label >= classes)
        throw this.#invalid(name, `has label ${label} in record ${record}; it must be below ${classes}`);
      labels[batch * records + record] = label;
      interleave(bytes, record * length + labelBytes, images, record * IMAGE);
    }
    writer.put(batch * records, images);
    this.#taken.add(name);
  }

  #readNames(bytes: Buffer): string[] | null {
    const lines = bytes.toString('utf8').split(/\r?\n/);
    const names = lines.map((line) => line.trim()).filter((line) => line !== '');
    return names.length === this.#layout.classes ? names : null;
  }

  #invalid(name: string, what: string): Problem {
    return new Problem(
      'data-invalid',
      `${this.#options.source}: ${name} ${what}. Get the files of ${this.#layout.title} again.`,
    );
  }
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, label) => `${label}`);
}

/** From three planes to channels last. */
function interleave(from: Uint8Array, start: number, to: Uint8Array, at: number): void {
  for (let pixel = 0; pixel < PLANE; pixel++) {
    to[at + pixel * 3] = from[start + pixel] as number;
    to[at + pixel * 3 + 1] = from[start + PLANE + pixel] as number;
    to[at + pixel * 3 + 2] = from[start + 2 * PLANE + pixel] as number;
  }
}
