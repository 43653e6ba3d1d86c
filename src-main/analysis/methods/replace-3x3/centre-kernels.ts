import type { ConvolutionLayer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import type { WeightValues } from '../../subject.ts';
import type { LinearMap } from '../../weights/linear-map.ts';

/**
 * What stands in for a 3x3: its centre tap (`centre`), all its taps added up at the centre (`sum`), or the 1x1 that
 * comes nearest to its output on images (`least-squares`).
 */
export type CentreKernel = 'centre' | 'sum' | 'least-squares';

export const CENTRE_KERNELS: readonly CentreKernel[] = ['centre', 'sum', 'least-squares'];

/**
 * Kernel and bias of a 3x3 layer that looks only at the centre of its window.
 * @param weights of a network without batch norm
 * @param map from the centre to the pre-activation without bias
 */
export function centreKernelValues(
  layer: ConvolutionLayer,
  weights: WeightValues,
  kind: CentreKernel,
  map: LinearMap,
): Map<string, Float32Array> {
  const [kernelName, biasName] = [`${layer.name}/kernel`, `${layer.name}/bias`];
  const [kernel, bias] = [weights.get(kernelName), weights.get(biasName)];
  if (kernel === undefined) throw new Error(`no value for the kernel of layer ${layer.name}`);
  const size = kernel.length / 9;
  const taps = Array.from({ length: 9 }, (_, tap) => kernel.subarray(tap * size, (tap + 1) * size));
  const values = new Float32Array(kernel.length);
  const centre = values.subarray(4 * size, 5 * size);
  switch (kind) {
    case 'centre':
      centre.set(taps[4] ?? []);
      break;
    case 'sum':
      for (const place of centre.keys())
        centre[place] = taps.reduce((sum, tap) => sum + (tap[place] ?? 0), 0);
      break;
    case 'least-squares':
      centre.set(map.weights);
  }
  const changed = new Map([[kernelName, values]]);
  if (kind === 'least-squares' && bias !== undefined)
    changed.set(
      biasName,
      bias.map((value, filter) => value + (map.intercept[filter] ?? 0)),
    );
  return changed;
}
