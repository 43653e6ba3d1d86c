import { Problem } from '../../src-shared/mistakes/problem.ts';

/**
 * A kernel as Deep Compression (Han, Mao, Dally, arXiv 1510.00149) keeps it: the weights that are not zero, each as a
 * place in a codebook of shared values and as the number of zeros before it.
 */
export interface SparseKernel {
  /** The value of each code; that of code 0 is zero. */
  readonly codebook: Float32Array;
  /** Code of each stored entry; 0 for a filler, which only bridges a gap that is too long to be written. */
  readonly codes: Uint8Array;
  /** Zeros skipped before each stored entry. */
  readonly gaps: Uint8Array;
}

/** The largest gap that so many bits can write: 15 for the published network's 4. */
function largestGap(indexBits: number): number {
  return 2 ** indexBits - 1;
}

/**
 * Entries of a kernel whose weights are given by code, 0 for zero. Zeros behind the last weight are not stored.
 * @param codes of all weights, row-major
 * @param indexBits bits of a gap; where more zeros than they can count follow each other, fillers stand among them
 */
export function sparseEntries(codes: Uint8Array, indexBits: number): Omit<SparseKernel, 'codebook'> {
  const largest = largestGap(indexBits);
  const stored: number[] = [];
  const gaps: number[] = [];
  let zeros = 0;
  for (const code of codes) {
    if (code === 0) {
      zeros += 1;
      continue;
    }
    for (; zeros > largest; zeros -= largest + 1) {
      stored.push(0);
      gaps.push(largest);
    }
    stored.push(code);
    gaps.push(zeros);
    zeros = 0;
  }
  return { codes: Uint8Array.from(stored), gaps: Uint8Array.from(gaps) };
}

/**
 * All weights of a kernel, row-major.
 * @throws Problem `data-invalid` if its gaps lead behind the last weight
 */
export function denseKernel({ codebook, codes, gaps }: SparseKernel, size: number): Float32Array {
  const weights = new Float32Array(size);
  let place = -1;
  for (const [entry, code] of codes.entries()) {
    place += (gaps[entry] ?? 0) + 1;
    if (place >= size)
      throw new Problem(
        'data-invalid',
        `The gaps of a kernel of ${size} weights lead to weight ${place + 1}.`,
      );
    weights[place] = codebook[code] ?? 0;
  }
  return weights;
}

/**
 * The code of each weight.
 * @throws Error if a weight is not in the codebook
 */
export function codesOf(weights: Float32Array, codebook: Float32Array): Uint8Array {
  const places = new Map<number, number>();
  // From the end, so that of two codes with one value the first counts, and zero is code 0.
  for (let code = codebook.length - 1; code >= 0; code--) places.set(codebook[code] ?? 0, code);
  return Uint8Array.from(weights, (weight) => {
    const code = places.get(weight);
    if (code === undefined) throw new Error(`the codebook has no value ${weight}`);
    return code;
  });
}
