import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Graph } from '../../src-shared/networks/graph.ts';
import { weightSize } from '../../src-shared/networks/weights.ts';
import { BitReader } from './bit-reader.ts';
import { isCompressed, weightsOf } from './compressed-network.ts';
import { LENGTH_BITS } from './encode-network.ts';
import { floatsOf } from './float-bytes.ts';
import { readHuffman } from './huffman-code.ts';
import { denseKernel } from './sparse-kernel.ts';

const HEADER_BYTES = 6;

/**
 * The weights of a network that `encodeNetwork` packed, by name, in the layouts of the graph.
 * @throws Problem `data-invalid` for bytes that are not those of this network
 */
export function decodeNetwork(graph: Graph, bytes: Uint8Array): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  let rest = bytes;
  const take = (length: number): Uint8Array => {
    if (length > rest.length)
      throw new Problem('data-invalid', 'The compressed weights are truncated or belong to another network.');
    const taken = rest.subarray(0, length);
    rest = rest.subarray(length);
    return taken;
  };
  for (const weight of weightsOf(graph)) {
    const size = weightSize(weight);
    if (!isCompressed(weight)) {
      weights.set(weight.name, floatsOf(take(4 * size)));
      continue;
    }
    const header = new BitReader(take(HEADER_BYTES));
    const [entries, values, indexBits] = [header.read(32), header.read(8), header.read(8)];
    if (entries > size || indexBits > 8)
      throw new Problem('data-invalid', `The compressed weights are not those of ${weight.name}.`);
    const codebook = Float32Array.from([0, ...floatsOf(take(4 * values))]);
    const alphabets = [values + 1, 2 ** indexBits] as const;
    const tables = new BitReader(take(Math.ceil((LENGTH_BITS * (alphabets[0] + alphabets[1])) / 8)));
    const [codeLengths, gapLengths] = alphabets.map((count) =>
      Uint8Array.from({ length: count }, () => tables.read(LENGTH_BITS)),
    );
    const readSymbols = (lengths: Uint8Array | undefined): Uint8Array => {
      const reader = new BitReader(rest);
      const symbols = readHuffman(reader, entries, lengths ?? new Uint8Array());
      take(reader.position);
      return symbols;
    };
    const codes = readSymbols(codeLengths);
    const gaps = readSymbols(gapLengths);
    weights.set(weight.name, denseKernel({ codebook, codes, gaps }, size));
  }
  if (rest.length > 0)
    throw new Problem('data-invalid', `${rest.length} bytes follow the compressed weights of the network.`);
  return weights;
}
