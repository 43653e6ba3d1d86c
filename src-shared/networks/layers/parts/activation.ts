import type { OnnxWriter } from '../onnx-writer.ts';
import type { Operations, Tensors } from '../operations.ts';

export type Activation = 'relu' | 'none';

export function activated<T extends Tensors>(
  x: T['map'],
  activation: Activation,
  operations: Operations<T>,
): T['map'] {
  return activation === 'relu' ? operations.relu(x) : x;
}

/** @param compute adds what yields an output of the given name */
export function writeActivated(
  onnx: OnnxWriter,
  layer: { readonly name: string; readonly activation: Activation },
  compute: (output: string) => void,
): string {
  if (layer.activation === 'none') {
    compute(layer.name);
    return layer.name;
  }
  const before = `${layer.name}/before relu`;
  compute(before);
  return onnx.node('Relu', [before], layer.name);
}
