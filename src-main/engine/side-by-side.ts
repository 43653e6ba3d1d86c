import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { NO_PADDING } from '../../src-shared/networks/window.ts';
import type { Operations } from './operations.ts';
import type { Place } from './state-layout.ts';

/*
 * Several networks of one graph side by side: maps are [n, h, w, networks * c], the channels of the first network, then those of the
 * next. What an operation does to each channel by itself it does to theirs as it is; where it joins channels, each network's stay apart.
 */

/** Operations for layers of one network that compute several side by side; the weights are as `weightsBeside` cuts them. */
export function sideBySide(base: Operations, networks: number): Operations {
  if (networks === 1) return base;

  /** An operation at each position by itself takes the networks for further positions: nothing is copied. */
  const apart = (x: Tensor4D): Tensor4D => {
    const [n, height, width, channels] = x.shape;
    return tf.reshape(x, [n, height, width * networks, channels / networks]);
  };
  const together = (x: Tensor4D): Tensor4D => {
    const [n, height, width, channels] = x.shape;
    return tf.reshape(x, [n, height, width / networks, channels * networks]);
  };

  /** Each network's values in the order h, w, c: [n, 1, 1, networks * h * w * c]. */
  function flattened(x: Tensor4D): Tensor4D {
    const [n, height, width, channels] = x.shape;
    const positions = height * width;
    if (positions === 1) return x;
    const split = tf.reshape<tf.Rank.R4>(x, [n, positions, networks, channels / networks]);
    return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [n, 1, 1, positions * channels]);
  }

  return {
    ...base,
    // two convolutions of each network: there is nothing that computes those of several
    ...(base.convolveBeside && { convolveBeside: () => null }),
    convolution: (x, kernel, stride, padding, groups) =>
      base.convolution(x, kernel, stride, padding, groups * networks),
    biasedConvolution: (x, weights, relu, stride, padding, groups) =>
      base.biasedConvolution(x, weights, relu, stride, padding, groups * networks),
    // a network of one channel has a kernel [kh, kw, 1, 1], of which no shape says which 1 is its channels
    depthwise: (x, kernel, stride, padding) =>
      base.depthwise(
        x,
        tf.reshape(kernel, [kernel.shape[0], kernel.shape[1], x.shape[3], 1]),
        stride,
        padding,
      ),
    dense(x, kernel) {
      const [inputs, units] = kernel.shape;
      const pointwise = tf.reshape<tf.Rank.R4>(kernel, [1, 1, inputs, units]);
      return base.convolution(flattened(x), pointwise, 1, NO_PADDING, networks);
    },
    localResponseNorm: (x, depthRadius, bias, alpha, beta) =>
      together(base.localResponseNorm(apart(x), depthRadius, bias, alpha, beta)),
    concatenate: (parts) => together(base.concatenate(parts.map(apart))),
    shuffleChannels: (x, groups) => together(base.shuffleChannels(apart(x), groups)),
    /** @param seed int32 [2 * networks]: each network draws the mask that it draws alone */
    dropout(x, rate, seed, stream) {
      const seeds = tf.split(seed, networks);
      const dropped = tf
        .split<Tensor4D>(x, networks, 3)
        .map((part, index) => base.dropout(part, rate, seeds[index] as Tensor1D, stream));
      return tf.concat(dropped, 3);
    },
  };
}

/** Images of each network in turn, [n * networks, h, w, c], with their channels side by side. */
export function imagesBeside(images: Tensor4D, networks: number): Tensor4D {
  if (networks === 1) return images;
  const [rows, height, width, channels] = images.shape;
  const n = rows / networks;
  const inTurn = tf.reshape<tf.Rank.R4>(images, [n, networks, height * width, channels]);
  return tf.reshape(tf.transpose(inTurn, [0, 2, 1, 3]), [n, height, width, networks * channels]);
}

/**
 * Weights by name, cut out of the flat vector of several networks: its places are those of one network, each as many times as long. In each
 * the rows of the networks take turns, so that a weight is that of a layer with all their channels.
 */
export function weightsBeside(
  vector: Tensor1D,
  places: readonly Place[],
  networks: number,
): Map<string, Tensor> {
  const parts = tf.split(
    vector,
    places.map(({ size }) => size * networks),
  );
  return new Map(
    places.map(({ weight, channels }, index) => {
      const part = parts[index];
      if (part === undefined) throw new Error(`the state lacks ${weight.name}`);
      const shape = widened(weight.shape, channels, networks);
      // most are vectors already, and each operation takes its time when a step is recorded
      return [weight.name, shape.length === 1 ? part : tf.reshape(part, shape)];
    }),
  );
}

/**
 * A number of each network as a vector that says it of each value of the one that `weightsBeside` cuts.
 * @param numbers float32 [networks]
 */
export function numbersBeside(numbers: Tensor1D, places: readonly Place[]): Tensor1D {
  const ofOneRow = tf.reshape<tf.Rank.R3>(numbers, [1, numbers.size, 1]);
  // layers of the same extents share what is made for them
  const made = new Map<string, Tensor1D>();
  return tf.concat1d(
    places.map(({ size, channels }) => {
      const key = `${size} ${channels}`;
      const known = made.get(key) ?? tf.reshape(tf.tile(ofOneRow, [size / channels, 1, channels]), [-1]);
      made.set(key, known);
      return known;
    }),
  );
}

/** The channels are the last extent, but of a depthwise kernel, [kh, kw, channels, 1]. */
function widened(shape: readonly number[], channels: number, networks: number): number[] {
  const axis = shape.at(-1) === channels ? shape.length - 1 : shape.length - 2;
  return shape.map((extent, index) => (index === axis ? extent * networks : extent));
}
