export type Quantization = 'symmetric' | 'affine';

/**
 * Rounds the weights of a kernel to at most 2^bits evenly spaced levels, zero among them, which span all of its weights
 * (Krishnamoorthi, arXiv 1806.08342, section 2; round half up).
 *
 * Symmetric: levels k * scale with |k| < 2^(bits - 1), scale = max|w| / (2^(bits - 1) - 1); 2 bits leave three.
 * Affine: 2^bits levels from the least to the greatest weight (or zero), moved so that zero is one of them.
 * @param bits at least 2
 */
export function quantizeWeights(weights: Float32Array, bits: number, kind: Quantization): Float32Array {
  const least = weights.reduce((found, weight) => Math.min(found, weight), 0);
  const greatest = weights.reduce((found, weight) => Math.max(found, weight), 0);
  if (least === greatest) return weights.slice();
  const { scale, low, high } =
    kind === 'symmetric' ? symmetricLevels(least, greatest, bits) : affineLevels(least, greatest, bits);
  return weights.map((weight) => scale * Math.min(high, Math.max(low, Math.floor(weight / scale + 0.5))));
}

/** Sum of the squared changes over the sum of squares, over several kernels; null where all weights are zero. */
export function quantizationError(
  kernels: readonly { readonly weights: Float32Array; readonly quantized: Float32Array }[],
): number | null {
  let [energy, error] = [0, 0];
  for (const { weights, quantized } of kernels) {
    for (const [index, weight] of weights.entries()) {
      energy += weight ** 2;
      error += (weight - (quantized[index] ?? 0)) ** 2;
    }
  }
  return energy === 0 ? null : error / energy;
}

interface Levels {
  readonly scale: number;
  /** The least and the greatest multiple of the scale. */
  readonly low: number;
  readonly high: number;
}

function symmetricLevels(least: number, greatest: number, bits: number): Levels {
  const high = 2 ** (bits - 1) - 1;
  return { scale: Math.max(-least, greatest) / high, low: -high, high };
}

function affineLevels(least: number, greatest: number, bits: number): Levels {
  const steps = 2 ** bits - 1;
  const scale = (greatest - least) / steps;
  const low = Math.floor(least / scale + 0.5);
  return { scale, low, high: low + steps };
}
