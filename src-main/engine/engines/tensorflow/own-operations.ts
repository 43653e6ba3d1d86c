import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { BATCH_NORM } from '../../../../src-shared/networks/layers/parts/batch-norm.ts';
import type { Padding } from '../../../../src-shared/networks/layer.ts';
import type { BatchNormWeights, Operations } from '../../operations.ts';
import { isPointwise } from '../../pointwise.ts';
import { attributesOf } from './attributes.ts';
import { elementwiseProgram } from './elementwise-program.ts';
import type { TensorFlowBackend } from './backend.ts';
import type { OpAttribute } from './binding.ts';

export const OWN_OPERATIONS = [
  'batchNorm',
  'depthwise',
  'shuffleChannels',
  'biasAdd',
  'convolution',
  'elementwise',
] as const;
export type OwnOperation = (typeof OWN_OPERATIONS)[number];

/** Weights of a 1x1 kernel up to which our product is faster than oneDNN's, whose gradients of narrow matrices are slow. */
const NARROW_KERNEL = 32768;

/** One of our convolutions, and what it has in common with the gradient of its input and kernel. */
interface OwnConvolution {
  readonly name: 'KindlingPointwise' | 'KindlingWinograd';
  readonly attributes: OpAttribute[];
}

/** Channels from which on fewer multiplications outweigh the transforms of a tile. */
const LEAST_CHANNELS = 8;

/**
 * Height and width from which on 3x3 convolutions are ours. On a smaller map a tap of the kernel sees a few pixels of an image
 * only, often all zero after a ReLU: the gradient is then exactly zero, of which the transforms of a tile leave a rounding
 * error, and Adam makes a whole step of any gradient, however small (src-native/README.md).
 */
const LEAST_EXTENT = 4;

/**
 * What Kindling has kernels of its own for (src-native): the operations that each of them serves, with their gradients.
 *
 * @param theirs serve what there is no kernel for
 */
export function ownOperations(
  backend: TensorFlowBackend,
  theirs: Operations,
): Readonly<Record<OwnOperation, Partial<Operations>>> {
  const { real, flag, integer, text } = attributesOf(backend.binding);

  function batchNormTraining(x: Tensor4D, weights: BatchNormWeights, relu: boolean) {
    const { gamma, beta, movingMean, movingVariance } = weights;
    const attributes = [real('epsilon', BATCH_NORM.epsilon), flag('relu', relu)];
    const moved: { mean?: Tensor1D; variance?: Tensor1D } = {};
    const normalize = tf.customGrad((...given) => {
      const [input, scale, offset, save] = given as [Tensor, Tensor, Tensor, tf.GradSaveFunc];
      const [y, movedMean, movedVariance, mean, variance] = backend.executeMultipleOutputs(
        'KindlingBatchNorm',
        [...attributes, real('momentum', BATCH_NORM.momentum)],
        [input, scale, offset, movingMean, movingVariance],
        5,
      );
      if (!y || !movedMean || !movedVariance || !mean || !variance) throw new Error('KindlingBatchNorm');
      moved.mean = tf.keep(movedMean as Tensor1D);
      moved.variance = tf.keep(movedVariance as Tensor1D);
      save([input, scale, offset, mean, variance]);
      return {
        value: y,
        gradFunc: (dy, saved) =>
          backend.executeMultipleOutputs('KindlingBatchNormGrad', attributes, [dy, ...saved], 3),
      };
    });
    const output = normalize(x, gamma, beta) as Tensor4D;
    if (!moved.mean || !moved.variance) throw new Error('KindlingBatchNorm gave no statistics');
    return { output, movingMean: moved.mean, movingVariance: moved.variance };
  }

  function batchNormInference(x: Tensor4D, weights: BatchNormWeights, relu: boolean): Tensor4D {
    const { gamma, beta, movingMean, movingVariance } = weights;
    return backend.executeSingleOutput(
      'KindlingBatchNormInference',
      [real('epsilon', BATCH_NORM.epsilon), flag('relu', relu)],
      [x, gamma, beta, movingMean, movingVariance],
    ) as Tensor4D;
  }

  function depthwise(x: Tensor4D, kernel: Tensor4D, stride: number, padding: Padding): Tensor4D {
    const window = windowOf(stride, padding);
    const convolve = tf.customGrad((...given) => {
      const [input, weights, save] = given as [Tensor, Tensor, tf.GradSaveFunc];
      save([input, weights]);
      return {
        value: backend.executeSingleOutput('KindlingDepthwise', window, [input, weights]),
        gradFunc: (dy, saved) =>
          backend.executeMultipleOutputs('KindlingDepthwiseGrad', window, [dy, ...saved], 2),
      };
    });
    return convolve(x, kernel) as Tensor4D;
  }

  function windowOf(stride: number, padding: Padding): OpAttribute[] {
    const sides = Object.entries(padding).map(([side, pixels]: [string, number]) => integer(side, pixels));
    return [integer('stride', stride), ...sides];
  }

  /** Groups of channels, [groups, channels / groups], to [channels / groups, groups]. */
  function shuffleChannels(x: Tensor4D, groups: number): Tensor4D {
    const inGroup = x.shape[3] / groups;
    const swapped = (input: Tensor, first: number, second: number): Tensor =>
      backend.executeSingleOutput(
        'KindlingSwap',
        [integer('first', first), integer('second', second)],
        [input],
      );
    const shuffle = tf.customGrad((input) => ({
      value: swapped(input as Tensor, groups, inGroup),
      gradFunc: (dy) => swapped(dy, inGroup, groups),
    }));
    return shuffle(x) as Tensor4D;
  }

  /** Which of our convolutions serves; null if TensorFlow's does. */
  function ownConvolution(
    x: Tensor4D,
    kernel: Tensor4D,
    stride: number,
    padding: Padding,
    groups: number,
  ): OwnConvolution | null {
    if ((groups > 1 || kernel.size <= NARROW_KERNEL) && isPointwise(kernel, stride, padding))
      return { name: 'KindlingPointwise', attributes: [integer('groups', groups)] };
    if (groups === 1 && isForWinograd(x, kernel, stride, padding))
      return { name: 'KindlingWinograd', attributes: windowOf(stride, padding) };
    return null;
  }

  function convolve({ name, attributes }: OwnConvolution, x: Tensor4D, kernel: Tensor4D): Tensor4D {
    const convolution = tf.customGrad((...given) => {
      const [input, weights, save] = given as [Tensor, Tensor, tf.GradSaveFunc];
      save([input, weights]);
      const none = tf.zeros([0]);
      return {
        value: backend.executeSingleOutput(
          name,
          [...attributes, flag('relu', false)],
          [input, weights, none],
        ),
        gradFunc: (dy, saved) => backend.executeMultipleOutputs(`${name}Grad`, attributes, [dy, ...saved], 2),
      };
    });
    return convolution(x, kernel) as Tensor4D;
  }

  /** The positive part of the convolution and a bias. */
  function convolveWithBias(
    { name, attributes }: OwnConvolution,
    x: Tensor4D,
    kernel: Tensor4D,
    bias: Tensor1D,
  ): Tensor4D {
    const convolution = tf.customGrad((...given) => {
      const [input, weights, offset, save] = given as [Tensor, Tensor, Tensor, tf.GradSaveFunc];
      const inputs = [input, weights, offset];
      const value = backend.executeSingleOutput(name, [...attributes, flag('relu', true)], inputs);
      save([input, weights, value]);
      return {
        value,
        gradFunc: (dy, [savedInput, savedWeights, y]) => {
          const [dz, dbias] = biasReluGradient(dy, y as Tensor);
          const both = [dz, savedInput as Tensor, savedWeights as Tensor];
          return [...backend.executeMultipleOutputs(`${name}Grad`, attributes, both, 2), dbias];
        },
      };
    });
    return convolution(x, kernel, bias) as Tensor4D;
  }

  /** A 1x1 beside a 3x3 convolution, as in a Fire module: nothing is copied side by side, nor are gradients apart. */
  const convolveBeside: Operations['convolveBeside'] = (x, convolutions, biasBeforeRelu) => {
    const [first, second, ...others] = convolutions;
    if (first === undefined || second === undefined || others.length > 0) return null;
    const isServed =
      first.kernel.size <= NARROW_KERNEL &&
      isPointwise(first.kernel, 1, first.padding) &&
      isForWinograd(x, second.kernel, 1, second.padding);
    if (!isServed) return null;
    const window = windowOf(1, second.padding);
    const convolve = (input: Tensor, kernels: readonly Tensor[], bias: Tensor | null): Tensor =>
      backend.executeSingleOutput(
        'KindlingExpand',
        [...window, flag('relu', bias !== null)],
        [input, ...kernels, bias ?? tf.zeros([0])],
      );
    const gradients = (dy: Tensor, saved: readonly Tensor[]): Tensor[] =>
      backend.executeMultipleOutputs('KindlingExpandGrad', window, [dy, ...saved], 3);
    if (biasBeforeRelu === null) {
      const plain = tf.customGrad((...given) => {
        const [input, pointwise, around, save] = given as [Tensor, Tensor, Tensor, tf.GradSaveFunc];
        save([input, pointwise, around]);
        return { value: convolve(input, [pointwise, around], null), gradFunc: gradients };
      });
      return plain(x, first.kernel, second.kernel) as Tensor4D;
    }
    const rectified = tf.customGrad((...given) => {
      const [input, pointwise, around, bias, save] = given as [
        Tensor,
        Tensor,
        Tensor,
        Tensor,
        tf.GradSaveFunc,
      ];
      const value = convolve(input, [pointwise, around], bias);
      save([input, pointwise, around, value]);
      return {
        value,
        gradFunc: (dy, saved) => {
          const [dz, dbias] = biasReluGradient(dy, saved[3] as Tensor);
          return [...gradients(dz, saved.slice(0, 3)), dbias];
        },
      };
    });
    return rectified(x, first.kernel, second.kernel, biasBeforeRelu) as Tensor4D;
  };

  function biasReluGradient(dy: Tensor, y: Tensor): [dz: Tensor, dbias: Tensor] {
    return backend.executeMultipleOutputs('KindlingBiasReluGrad', [], [dy, y], 2) as [Tensor, Tensor];
  }

  const biasRelu = tf.customGrad((...given) => {
    const [x, bias, save] = given as [Tensor, Tensor, tf.GradSaveFunc];
    const value = backend.executeSingleOutput('KindlingBiasRelu', [], [x, bias]);
    save([value]);
    return { value, gradFunc: (dy, saved) => biasReluGradient(dy, saved[0] as Tensor) };
  });

  const elementwise: Operations['elementwise'] = (vectors, scalars, compute) => {
    const scalarNames = keysOf(scalars);
    const program = elementwiseProgram(vectors, scalarNames, compute);
    const attributes = [
      ...[integer('count', program.inputs.length), integer('numbers', scalarNames.length)],
      ...[integer('outputs', program.outputs), text('instructions', program.instructions)],
      text('results', program.results),
    ];
    const inputs = [...program.inputs, ...scalarNames.map((name) => scalars[name])];
    return backend.executeMultipleOutputs(
      'KindlingElementwise',
      attributes,
      inputs,
      program.outputs,
    ) as Tensor1D[];
  };

  return {
    batchNorm: { batchNormTraining, batchNormInference },
    depthwise: { depthwise },
    shuffleChannels: { shuffleChannels },
    biasAdd: {
      biasAdd: (x, bias, relu) => (relu ? (biasRelu(x, bias) as Tensor4D) : theirs.biasAdd(x, bias, relu)),
    },
    convolution: {
      convolution(x, kernel, stride, padding, groups) {
        const own = ownConvolution(x, kernel, stride, padding, groups);
        if (own === null) return theirs.convolution.call(this, x, kernel, stride, padding, groups);
        return convolve(own, x, kernel);
      },
      biasedConvolution(x, weights, relu, stride, padding, groups) {
        const { kernel, bias } = weights;
        const own = relu ? ownConvolution(x, kernel, stride, padding, groups) : null;
        if (own !== null) return convolveWithBias(own, x, kernel, bias);
        return theirs.biasedConvolution.call(this, x, weights, relu, stride, padding, groups);
      },
      convolveBeside,
    },
    elementwise: { elementwise },
  };
}

function isForWinograd(x: Tensor4D, kernel: Tensor4D, stride: number, padding: Padding): boolean {
  const [height, width, channels] = kernel.shape;
  return (
    Math.min(x.shape[1], x.shape[2]) >= LEAST_EXTENT &&
    height === 3 &&
    width === 3 &&
    stride === 1 &&
    channels >= LEAST_CHANNELS &&
    Object.values(padding).every((pixels: number) => pixels <= 2)
  );
}

function keysOf<Key extends string>(values: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(values) as Key[];
}
