import type { OnnxWriter } from '../onnx-writer.ts';
import type { Operations, Tensors } from '../operations.ts';

/** `relu6` is a ReLU that is cut off at 6. */
export type Activation = 'relu' | 'relu6' | 'none';

/** Where `relu6` ends. */
export const RELU6_LIMIT = 6;

/** Whether nothing below zero comes out. */
export function rectifies(activation: Activation): boolean {
  return activation !== 'none';
}

/** Whether a layer ends with an activation that lets nothing below zero out. */
export function isRectified(layer: object): boolean {
  return 'activation' in layer && rectifies(layer.activation as Activation);
}

export function activated<T extends Tensors>(
  x: T['map'],
  activation: Activation,
  operations: Operations<T>,
): T['map'] {
  return limited(rectifies(activation) ? operations.relu(x) : x, activation, operations);
}

/** What is left of an activation behind its positive part, which many operations take themselves. */
export function limited<T extends Tensors>(
  x: T['map'],
  activation: Activation,
  operations: Operations<T>,
): T['map'] {
  return activation === 'relu6' ? operations.clip(x, 0, RELU6_LIMIT) : x;
}

/** @param compute adds what yields an output of the given name */
export function writeActivated(
  onnx: OnnxWriter,
  layer: { readonly name: string; readonly activation: Activation },
  compute: (output: string) => void,
): string {
  const { name, activation } = layer;
  if (activation === 'none') {
    compute(name);
    return name;
  }
  const before = `${name}/before relu`;
  compute(before);
  if (activation === 'relu') return onnx.node('Relu', [before], name);
  const [low, high] = [
    onnx.floats(`${name}/low`, [], Float32Array.of(0)),
    onnx.floats(`${name}/high`, [], Float32Array.of(RELU6_LIMIT)),
  ];
  return onnx.node('Clip', [before, low, high], name);
}

const WORDS: Readonly<Record<Activation, string | null>> = { relu: 'ReLU', relu6: 'ReLU6', none: null };

/** `ReLU`; null for none. */
export function activationWords(layer: object): string | null {
  return 'activation' in layer ? WORDS[layer.activation as Activation] : null;
}
