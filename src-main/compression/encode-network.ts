import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Weight } from '../../src-shared/networks/layer.ts';
import { BitWriter } from './bit-writer.ts';
import {
  type CompressedKernel,
  type CompressedNetwork,
  isCompressed,
  weightsOf,
} from './compressed-network.ts';
import { bytesOf } from './float-bytes.ts';
import { countSymbols, huffmanLengths, writeHuffman } from './huffman-code.ts';

/** Bits of a word's length in a Huffman table: a word is longer than 63 bits only after 2^43 weights. */
export const LENGTH_BITS = 6;

/** Bytes of each component of one weight. */
export interface EncodedBytes {
  /** How many values and entries follow, bits of a gap. */
  readonly header: number;
  readonly codebook: number;
  /** Lengths of the words of both Huffman codes. */
  readonly tables: number;
  /** Codes of the stored entries. */
  readonly codes: number;
  readonly gaps: number;
  /** Values that are not compressed, as float32. */
  readonly floats: number;
}

export interface EncodedWeight {
  readonly weight: Weight;
  readonly bytes: EncodedBytes;
}

export interface EncodedNetwork {
  readonly bytes: Uint8Array;
  /** In the order of the graph; their bytes sum to the whole. */
  readonly weights: readonly EncodedWeight[];
}

/**
 * Packs a network as the page of Deep Compression lays it out (analysis/methods/deep-compression/README.md). Names and
 * shapes are not in it: the graph has them.
 */
export function encodeNetwork(graph: Graph, network: CompressedNetwork): EncodedNetwork {
  const chunks: Uint8Array[] = [];
  const weights = weightsOf(graph).map((weight): EncodedWeight => {
    const parts = isCompressed(weight)
      ? encodeKernel(found(network.kernels.get(weight.name), weight))
      : { floats: bytesOf(found(network.others.get(weight.name), weight)) };
    chunks.push(...Object.values(parts));
    return { weight, bytes: { ...NOTHING, ...lengthsOf(parts) } };
  });
  return { bytes: Uint8Array.from(Buffer.concat(chunks)), weights };
}

type Parts = Partial<Record<keyof EncodedBytes, Uint8Array>>;

const NOTHING: EncodedBytes = { header: 0, codebook: 0, tables: 0, codes: 0, gaps: 0, floats: 0 };

/** In the order in which they are written. */
function encodeKernel({ codebook, codes, gaps, indexBits }: CompressedKernel): Parts {
  const codeLengths = huffmanLengths(countSymbols(codes, codebook.length));
  const gapLengths = huffmanLengths(countSymbols(gaps, 2 ** indexBits));
  return {
    header: packed((writer) => {
      writer.write(codes.length, 32);
      writer.write(codebook.length - 1, 8);
      writer.write(indexBits, 8);
    }),
    // Code 0 is zero and needs no place.
    codebook: bytesOf(codebook.subarray(1)),
    tables: packed((writer) => {
      for (const length of [...codeLengths, ...gapLengths]) writer.write(length, LENGTH_BITS);
    }),
    codes: packed((writer) => writeHuffman(writer, codes, codeLengths)),
    gaps: packed((writer) => writeHuffman(writer, gaps, gapLengths)),
  };
}

function packed(write: (writer: BitWriter) => void): Uint8Array {
  const writer = new BitWriter();
  write(writer);
  return writer.bytes();
}

function lengthsOf(parts: Parts): Partial<EncodedBytes> {
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.length]));
}

function found<T>(value: T | undefined, weight: Weight): T {
  if (value === undefined) throw new Error(`no values of ${weight.name}`);
  return value;
}
