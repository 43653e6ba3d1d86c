import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { bytesOf, floatsOf } from '../float-bytes.ts';
import type { SparseKernel } from '../sparse-kernel.ts';

/** Entries of a codebook, whatever the layer uses of them; code 0 is zero. */
export const CODEBOOK_SIZE = 256;
/** Bits of a gap between two stored entries. */
export const INDEX_BITS = 4;
const WORD_BYTES = 4;

/** How many weights and filters a layer of the file has. */
export interface PublishedShape {
  readonly name: string;
  readonly weights: number;
  readonly filters: number;
}

export interface PublishedLayer {
  readonly name: string;
  /** In Caffe's order: filters, inputs, height, width. */
  readonly kernel: SparseKernel;
  readonly bias: Float32Array;
}

/**
 * Reads the compressed SqueezeNet that its authors published (github.com/songhan/SqueezeNet-Deep-Compression,
 * compressed_squeezenet.net; layout in docs/published-squeezenet.md).
 * @param shapes the layers in the file's order
 * @param source the file's name, for messages
 * @throws Problem `data-invalid` for a file that is truncated or is another
 */
export function readPublishedFile(
  bytes: Uint8Array,
  shapes: readonly PublishedShape[],
  source: string,
): PublishedLayer[] {
  const counts = readCounts(bytes, shapes, source);
  const wanted = shapes.reduce(
    (sum, { filters }, index) => sum + layerBytes(counts[index] ?? 0, filters),
    WORD_BYTES * shapes.length,
  );
  if (bytes.length !== wanted) {
    const what =
      bytes.length < wanted ? 'it is truncated; download it again' : 'it contains more than the network';
    throw foreign(source, `its counts require ${wanted} bytes, but it has ${bytes.length}: ${what}`);
  }
  let at = WORD_BYTES * shapes.length;
  const take = (length: number): Uint8Array => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  return shapes.map(({ name, weights, filters }, index) => {
    const entries = counts[index] ?? 0;
    const codebook = floatsOf(take(WORD_BYTES * CODEBOOK_SIZE));
    const bias = floatsOf(take(WORD_BYTES * filters));
    const codes = Uint8Array.from(take(entries));
    const gaps = unpackNibbles(take(Math.ceil(entries / 2)), entries);
    if (codebook[0] !== 0 || ![...codebook, ...bias].every(Number.isFinite))
      throw foreign(source, `the codebook or the biases of ${name} are not valid values`);
    const last = gaps.reduce((place, gap) => place + gap + 1, 0);
    if (last > weights) throw foreign(source, `the gaps of ${name} lead to weight ${last} of ${weights}`);
    return { name, kernel: { codebook, codes, gaps }, bias };
  });
}

/** The bytes of the file: what `readPublishedFile` reads. */
export function writePublishedFile(layers: readonly PublishedLayer[]): Uint8Array {
  const counts = Uint32Array.from(layers, ({ kernel }) => kernel.codes.length);
  const chunks = layers.flatMap(({ kernel, bias }) => [
    bytesOf(kernel.codebook),
    bytesOf(bias),
    kernel.codes,
    packNibbles(kernel.gaps),
  ]);
  return Uint8Array.from(Buffer.concat([bytesOf(counts), ...chunks]));
}

function readCounts(bytes: Uint8Array, shapes: readonly PublishedShape[], source: string): Uint32Array {
  if (bytes.length < WORD_BYTES * shapes.length)
    throw foreign(source, `it has ${bytes.length} bytes, fewer than the counts of its layers`);
  const counts = new Uint32Array(Uint8Array.from(bytes.subarray(0, WORD_BYTES * shapes.length)).buffer);
  for (const [index, { name, weights }] of shapes.entries()) {
    const count = counts[index] ?? 0;
    if (count > weights)
      throw foreign(source, `it says that ${name} stores ${count} of its ${weights} weights`);
  }
  return counts;
}

function layerBytes(entries: number, filters: number): number {
  return WORD_BYTES * (CODEBOOK_SIZE + filters) + entries + Math.ceil(entries / 2);
}

/** Two to a byte, the first in the low four bits. */
function unpackNibbles(bytes: Uint8Array, count: number): Uint8Array {
  return Uint8Array.from(
    { length: count },
    (_, index) => ((bytes[index >> 1] ?? 0) >> (4 * (index & 1))) & 15,
  );
}

function packNibbles(values: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: Math.ceil(values.length / 2) },
    (_, index) => (values[2 * index] ?? 0) | ((values[2 * index + 1] ?? 0) << 4),
  );
}

function foreign(source: string, what: string): Problem {
  return new Problem('data-invalid', `${source} is not the published compressed SqueezeNet v1.0: ${what}.`);
}
