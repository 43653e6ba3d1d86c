import path from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { MOST_IMAGES, type PartName } from '../part-file.ts';
import { PartWriter } from '../part-writer.ts';
import { requireRoom } from '../../files/disk-full.ts';
import { type IdxArray, openIdxArray } from './idx-array.ts';
import type { ImportedContent } from '../import/import-task.ts';
import { idxClasses } from './idx-classes.ts';
import { defineReader, numberedName, type Reading, type ReaderOptions } from './reader.ts';
import type { SourceFile } from '../import/source.ts';

const PARTS: readonly PartName[] = ['training', 'test'];

/** Bytes of a part that its header may promise; no file of the MNIST family has a hundredth of them. */
const MOST_BYTES = 4 * 2 ** 30;

/** The four files of the MNIST family, by their usual names, without `.gz`. */
const FILES = {
  training: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
} as const;

/** Whether the name, with or without `.gz`, is one of the four. MNIST's own site once had `.idx3` for `-idx3`. */
function isIdxFile(name: string): boolean {
  const plain = plainIdxName(name);
  return Object.values(FILES).some(({ images, labels }) => plain === images || plain === labels);
}

function plainIdxName(name: string): string {
  return name.replace(/\.gz$/, '').replace(/\.idx(?=[13]-)/, '-idx');
}

export const idx = defineReader({
  title: 'IDX files',
  isOwn: isIdxFile,
  holdsImages: isIdxFile,
  plainName: plainIdxName,
  // nothing else in their folder, which may be full of downloads, is looked at
  beside: () => isIdxFile,
  options: ['allLabels'],
  begin: (options) => new IdxReading(options),
});

interface ReadImages {
  readonly sizes: readonly [count: number, height: number, width: number];
  readonly writer: PartWriter;
}

/**
 * Reads the four IDX files of the MNIST family, each plain or compressed by gzip. Images go from the file into the part;
 * memory holds the labels alone. Without names of classes these are the labels that occur.
 */
class IdxReading implements Reading {
  readonly #options: ReaderOptions;
  readonly #images = new Map<PartName, ReadImages>();
  readonly #labels = new Map<PartName, Uint8Array>();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  async take(file: SourceFile): Promise<void> {
    const name = path.posix.basename(file.path);
    const plain = plainIdxName(name);
    for (const part of PARTS) {
      if (plain === FILES[part].images) await this.#takeImages(part, name, file);
      if (plain === FILES[part].labels) await this.#takeLabels(part, name, file);
    }
  }

  finish(): ImportedContent {
    const training = this.#wholePart('training');
    const test = this.#wholePart('test');
    const [[trainingCount, height, width], [testCount]] = [training.sizes, test.sizes];
    if (height !== test.sizes[1] || width !== test.sizes[2]) {
      const sizes = `training images are ${height}x${width}, test images ${test.sizes[1]}x${test.sizes[2]}`;
      throw this.#problem(sizes);
    }
    const { source } = this.#options;
    const { classes, classOf, remarks } = idxClasses(training.labels, test.labels, this.#options);
    for (const { labels, writer } of [training, test]) {
      writer.setLabels(Uint16Array.from(labels, (label) => classOf.get(label) ?? 0));
      writer.finish();
    }
    return {
      ...{ classes, shape: [height, width, 1], trainingCount, testCount, pictures: null, remarks },
      source: `IDX files from ${source}`,
      nameOf: numberedName,
    };
  }

  close(): void {
    for (const { writer } of this.#images.values()) writer.close();
  }

  async #takeImages(part: PartName, name: string, file: SourceFile): Promise<void> {
    await this.#read(name, file, 3, async ({ sizes, values }) => {
      const [count = 0, height = 0, width = 0] = sizes;
      if (count * height * width === 0) throw this.#problem(`${name} contains no images`);
      if (count * height * width > MOST_BYTES || count > MOST_IMAGES)
        throw this.#problem(
          `${name} would take ${sizes.join('x')} bytes, more than the limit of 4 GiB per part`,
        );
      requireRoom(this.#options.folder, count * height * width);
      const writer = new PartWriter(path.join(this.#options.folder, `${part}.bin`), count, height * width);
      this.#images.set(part, { sizes: [count, height, width], writer });
      for await (const piece of values) writer.append(piece);
    });
  }

  async #takeLabels(part: PartName, name: string, file: SourceFile): Promise<void> {
    await this.#read(name, file, 1, async ({ sizes: [count = 0], values }) => {
      if (count > MOST_IMAGES)
        throw this.#problem(`${name} has ${count} labels, more than the limit per part`);
      const labels = new Uint8Array(count);
      let at = 0;
      for await (const piece of values) {
        labels.set(piece, at);
        at += piece.length;
      }
      this.#labels.set(part, labels);
    });
  }

  async #read(
    name: string,
    file: SourceFile,
    dimensions: number,
    take: (array: IdxArray) => Promise<void>,
  ): Promise<void> {
    const invalid = (what: string, cause?: unknown): Problem =>
      this.#problem(`${name} ${what}. Get the file again.`, cause);
    const checksum = this.#options.checksumOf(name);
    await take(await openIdxArray(file, dimensions, invalid, (piece) => checksum?.update(piece)));
    checksum?.require();
  }

  #wholePart(part: PartName): ReadImages & { readonly labels: Uint8Array } {
    const images = this.#images.get(part);
    const labels = this.#labels.get(part);
    if (images === undefined) throw this.#missing(FILES[part].images);
    if (labels === undefined) throw this.#missing(FILES[part].labels);
    const [count] = images.sizes;
    if (labels.length === count) return { ...images, labels };
    throw this.#problem(
      `${FILES[part].images} contains ${count} images, but ${FILES[part].labels} contains ${labels.length} labels`,
    );
  }

  #missing(name: string): Problem {
    return this.#problem(`${name}.gz is missing. Get the file again.`);
  }

  #problem(what: string, cause?: unknown): Problem {
    return new Problem('data-invalid', `${this.#options.source}: ${what}`, { cause });
  }
}
