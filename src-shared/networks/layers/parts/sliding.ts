import type { LayerCommon, Padding } from '../../layer.ts';
import type { OneOrMore } from '../define-layer.ts';
import type { AttributeValue, LayerWriter } from '../onnx-writer.ts';
import type { LayerPass, Tensors } from '../operations.ts';
import { type Activation, activated, limited, rectifies, writeActivated } from './activation.ts';
import { normalized, writeNormalized } from './batch-norm.ts';
import { filtersFirst } from './kernel-layouts.ts';

/** A kernel slides over the input, then batch norm if `batchNorm`, then the activation. */
export interface SlidingKernel extends LayerCommon {
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: Padding;
  readonly batchNorm: boolean;
  readonly activation: Activation;
}

/**
 * Bias or batch norm, and the activation. A bias before a batch norm that is in training has no effect on the output and
 * no gradient, so it stays at its initial zero; it is a parameter of the network, but nothing is computed with it.
 */
export function finished<T extends Tensors>(layer: SlidingKernel, x: T['map'], pass: LayerPass<T>): T['map'] {
  if (layer.batchNorm) return normalized(x, layer.activation, pass);
  if (!addsBias(layer)) return activated(x, layer.activation, pass.operations);
  const sum = pass.operations.biasAdd(x, pass.vector('bias'), rectifies(layer.activation));
  return limited(sum, layer.activation, pass.operations);
}

/** @param inputsPerGroup channels that one filter reads */
export function writeSliding(
  layer: SlidingKernel,
  [x]: OneOrMore<string>,
  writer: LayerWriter,
  groups: number,
  inputsPerGroup: number,
): string {
  const { onnx, weight, vector } = writer;
  const [height, width] = layer.kernel;
  const [, , filters] = layer.output;
  const kernel = weight('kernel');
  const values = filtersFirst(kernel.values, [height, width, inputsPerGroup, filters]);
  const inputs = [x, onnx.floats(kernel.weight.name, [filters, inputsPerGroup, height, width], values)];
  if (addsBias(layer)) inputs.push(vector('bias'));
  return writeActivated(onnx, layer, (output) => {
    const convolved = layer.batchNorm ? `${layer.name}/convolution` : output;
    onnx.node('Conv', inputs, convolved, {
      ...windowAttributes(layer.kernel, layer.stride, layer.padding),
      group: { integer: groups },
    });
    if (layer.batchNorm) writeNormalized(writer, convolved, output);
  });
}

export function windowAttributes(
  [height, width]: readonly [number, number],
  stride: number,
  { top, left, bottom, right }: Padding,
): Record<string, AttributeValue> {
  return {
    kernel_shape: { integers: [height, width] },
    strides: { integers: [stride, stride] },
    pads: { integers: [top, left, bottom, right] },
  };
}

/** ` / 2`; nothing for a stride of one. */
export function strideWords(stride: number): string {
  return stride === 1 ? '' : ` / ${stride}`;
}

/** Whether it has a bias that something is computed with. */
export function addsBias({ batchNorm, weights }: SlidingKernel): boolean {
  return !batchNorm && weights.some(({ kind }) => kind === 'bias');
}
