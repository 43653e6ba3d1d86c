import type { Initializer, Weight } from './layer.ts';

/** He et al. (arXiv 1502.01852): keeps the variance of the activations through a layer with ReLU. */
export function heNormal(fanIn: number): Initializer {
  return { kind: 'normal', std: Math.sqrt(2 / fanIn) };
}

/** Keeps the variance through a layer without ReLU. */
export function linearNormal(fanIn: number): Initializer {
  return { kind: 'normal', std: Math.sqrt(1 / fanIn) };
}

/** What published SqueezeNet draws conv10 with; used for every family's classifier. */
export const CLASSIFIER_INITIALIZER: Initializer = { kind: 'normal', std: 0.01 };

const zero: Initializer = { kind: 'constant', value: 0 };
const one: Initializer = { kind: 'constant', value: 1 };

export interface WeightOptions {
  readonly kernelShape: readonly number[];
  readonly initializer: Initializer;
  /** Output channels: the length of bias, gamma, beta and the moving statistics. */
  readonly channels: number;
  readonly bias: boolean;
  readonly batchNorm: boolean;
}

/** The weights of a layer in the order of a checkpoint: kernel, bias, then batch norm's four. */
export function layerWeights(layer: string, options: WeightOptions): Weight[] {
  const vector = (field: string, kind: string, initializer: Initializer, trainable = true): Weight => ({
    name: `${layer}/${field}`,
    kind,
    shape: [options.channels],
    trainable,
    initializer,
  });
  const kernel: Weight = {
    name: `${layer}/kernel`,
    kind: 'kernel',
    shape: options.kernelShape,
    trainable: true,
    initializer: options.initializer,
  };
  return [
    kernel,
    ...(options.bias ? [vector('bias', 'bias', zero)] : []),
    ...(options.batchNorm
      ? [
          vector('gamma', 'gamma', one),
          vector('beta', 'beta', zero),
          vector('moving_mean', 'moving mean', zero, false),
          vector('moving_variance', 'moving variance', one, false),
        ]
      : []),
  ];
}

/** Number of values in a weight. */
export function weightSize(weight: Weight): number {
  return weight.shape.reduce((product, extent) => product * extent, 1);
}

/** Whether a weight is what a layer multiplies with. */
export function isKernel({ kind }: Weight): boolean {
  return kind === 'kernel';
}
