import { randomStream } from '../../../src-shared/random.ts';
import type { LayerKernel } from './layer-kernel.ts';

/** A kernel of the same shape with independent normal values: what any measure of weights must be held against. */
export function randomKernel(kernel: LayerKernel, draw: number): LayerKernel {
  const stream = randomStream(draw, 'random filters', kernel.layer.name);
  return { ...kernel, values: kernel.values.map(() => stream.normal()) };
}

/** Mean of a measure over several random kernels of the same shape; null where it is not defined. */
export function randomBaseline(
  kernel: LayerKernel,
  draws: number,
  measure: (random: LayerKernel) => number | null,
): number | null {
  const values = Array.from({ length: draws }, (_, draw) => measure(randomKernel(kernel, draw)));
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
