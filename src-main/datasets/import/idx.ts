import zlib from 'node:zlib';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { ImagePart } from '../dataset.ts';
import type { DatasetContent } from '../write-prepared.ts';

/** The four files of the MNIST family, by their usual names, without `.gz`. */
const FILES = {
  training: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
} as const;

/** Whether the name, with or without `.gz`, is one of the four. MNIST's own site once had `.idx3` for `-idx3`. */
export function isIdxFile(name: string): boolean {
  const plain = plainName(name);
  return Object.values(FILES).some(({ images, labels }) => plain === images || plain === labels);
}

function plainName(name: string): string {
  return name.replace(/\.gz$/, '').replace(/\.idx(?=[13]-)/, '-idx');
}

/**
 * Reads the four IDX files of the MNIST family (http://yann.lecun.com/exdb/mnist: big-endian magic number and
 * sizes, then bytes), each plain or compressed by gzip.
 * @param files contents by file name
 * @param classes names in the order of the labels; where empty, the labels themselves
 * @throws Problem `data-invalid` for a missing, corrupt, truncated or wrong-sized file
 */
export function readIdx(
  files: ReadonlyMap<string, Buffer>,
  classes: readonly string[],
  source: string,
): DatasetContent {
  const plain = new Map([...files].map(([name, bytes]) => [plainName(name), { name, bytes }]));
  const training = readPart(plain, FILES.training, source);
  const test = readPart(plain, FILES.test, source);
  const largest = Math.max(highest(training.labels), highest(test.labels));
  if (classes.length > 0 && largest >= classes.length) {
    throw new Problem(
      'data-invalid',
      `${source}: label ${largest} found, but there are ${classes.length} classes`,
    );
  }
  if (training.shape.join() !== test.shape.join()) {
    throw new Problem(
      'data-invalid',
      `${source}: training images are ${training.shape.join('x')}, test images ${test.shape.join('x')}`,
    );
  }
  if (new Set([...training.labels, ...test.labels]).size < 2)
    throw new Problem('data-invalid', `${source}: one class only; there is nothing to tell apart`);
  const names = classes.length > 0 ? classes : Array.from({ length: largest + 1 }, (_, label) => `${label}`);
  return { classes: names, training, test, source: `IDX files from ${source}` };
}

type NamedBytes = ReadonlyMap<string, { readonly name: string; readonly bytes: Buffer }>;

function readPart(
  files: NamedBytes,
  names: { readonly images: string; readonly labels: string },
  source: string,
): ImagePart {
  const images = readArray(files, names.images, 3, source);
  const labels = readArray(files, names.labels, 1, source);
  const [count = 0, height = 0, width = 0] = images.sizes;
  if (labels.sizes[0] !== count) {
    throw new Problem(
      'data-invalid',
      `${source}: ${names.images} holds ${count} images, ${names.labels} ${labels.sizes[0]} labels`,
    );
  }
  if (count === 0) throw new Problem('data-invalid', `${source}: ${names.images} holds no images`);
  return { count, shape: [height, width, 1], images: images.values, labels: Uint16Array.from(labels.values) };
}

/** An array of unsigned bytes: magic 0x000008 and the number of dimensions, the sizes, the values. */
function readArray(
  files: NamedBytes,
  plain: string,
  dimensions: number,
  source: string,
): { sizes: number[]; values: Uint8Array } {
  const file = files.get(plain);
  const name = file?.name ?? `${plain}.gz`;
  const invalid = (what: string, cause?: unknown): Problem =>
    new Problem('data-invalid', `${source}: ${name} ${what}. Get the file again.`, { cause });
  if (file === undefined) throw invalid('is missing');
  let bytes = file.bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = zlib.gunzipSync(bytes);
    } catch (error) {
      throw invalid(`is truncated or corrupt (${error instanceof Error ? error.message : 'gzip'})`, error);
    }
  }
  const header = 4 + 4 * dimensions;
  const magic = 0x0800 | dimensions;
  if (bytes.length < header || bytes.readUInt32BE(0) !== magic) {
    throw invalid(`does not begin as an IDX file of ${dimensions} dimension(s) does`);
  }
  const sizes = Array.from({ length: dimensions }, (_, index) => bytes.readUInt32BE(4 + 4 * index));
  const expected = header + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    throw invalid(`has a wrong size: expected ${expected} bytes (${sizes.join('x')}), found ${bytes.length}`);
  }
  return { sizes, values: bytes.subarray(header) };
}

function highest(labels: Uint16Array): number {
  return labels.reduce((largest, label) => Math.max(largest, label), 0);
}
