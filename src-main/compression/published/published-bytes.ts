import { countSymbols, huffmanBits } from '../huffman-code.ts';
import { shareWeights } from '../share-weights.ts';
import { denseKernel, sparseEntries } from '../sparse-kernel.ts';
import { CODEBOOK_SIZE, INDEX_BITS } from './published-file.ts';
import type { PublishedNetwork } from './published-network.ts';

/** Bytes of each component; parts of a byte where a component is counted in bits. */
export interface ComponentBytes {
  readonly counts: number;
  readonly codebooks: number;
  readonly biases: number;
  readonly codes: number;
  readonly gaps: number;
}

export interface PublishedVariant {
  readonly name: 'published' | '6 bits' | '6 bits, gaps coded' | '6 bits, both coded';
  readonly components: ComponentBytes;
  /** Their sum. */
  readonly bytes: number;
}

const FLOAT_BYTES = 4;
/** The authors' second file, of 0.47 MB, was never released; its codes have 6 bits. */
const SMALL_CODE_BITS = 6;

/**
 * The bytes of the published file, component by component, and what the same network takes otherwise: 6-bit codes on the
 * same mask (k-means of 63 values from the published weights), then Huffman codes of the gaps, then of the codes as well.
 * The Huffman codes are one for each layer; bits are summed over all layers, without their tables.
 */
export function publishedVariants({ layers, weights }: PublishedNetwork): PublishedVariant[] {
  const entries = total(layers.map(({ kernel }) => kernel.codes.length));
  const small = layers.map(({ name, kernel }) => {
    const size = weights.get(`${name}/kernel`)?.length ?? 0;
    return sparseEntries(shareWeights(denseKernel(kernel, size), SMALL_CODE_BITS).codes, INDEX_BITS);
  });
  const coded = (part: 'codes' | 'gaps', alphabet: number): number =>
    total(small.map((layer) => huffmanBits(countSymbols(layer[part], alphabet)))) / 8;
  const common = {
    counts: FLOAT_BYTES * layers.length,
    biases: FLOAT_BYTES * total(layers.map(({ bias }) => bias.length)),
  };
  const published: ComponentBytes = {
    ...common,
    codebooks: FLOAT_BYTES * CODEBOOK_SIZE * layers.length,
    codes: entries,
    gaps: total(layers.map(({ kernel }) => Math.ceil(kernel.gaps.length / 2))),
  };
  const six: ComponentBytes = {
    ...common,
    codebooks: FLOAT_BYTES * 2 ** SMALL_CODE_BITS * layers.length,
    codes: (entries * SMALL_CODE_BITS) / 8,
    gaps: (entries * INDEX_BITS) / 8,
  };
  const gapsCoded = { ...six, gaps: coded('gaps', 2 ** INDEX_BITS) };
  const bothCoded = { ...gapsCoded, codes: coded('codes', 2 ** SMALL_CODE_BITS) };
  return [
    variant('published', published),
    variant('6 bits', six),
    variant('6 bits, gaps coded', gapsCoded),
    variant('6 bits, both coded', bothCoded),
  ];
}

function variant(name: PublishedVariant['name'], components: ComponentBytes): PublishedVariant {
  return { name, components, bytes: total(Object.values(components)) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
