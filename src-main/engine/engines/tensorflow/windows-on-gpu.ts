import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Padding } from '../../../../src-shared/networks/layer.ts';
import { windowCount } from '../../../../src-shared/networks/window.ts';
import { composedOperations } from '../../composed-operations.ts';
import type { Operations } from '../../operations.ts';
import { isPadded, paddingKeyword } from '../../padding.ts';
import { attributesOf } from './attributes.ts';
import type { TensorFlowBackend } from './backend.ts';
import type { OpAttribute } from './binding.ts';

type Windows = Pick<Operations, 'convolution' | 'depthwise' | 'maximumPool' | 'averagePool'>;

/**
 * Operations of windows as TensorFlow's kernels for GPUs have them: with any padding, and with groups, of whose convolutions it has no gradient
 * on a CPU. Padding by an operation of its own would take a kernel more, and its value, which TensorFlow wants on the host, a
 * wait for the device.
 */
export function windowsOnGpu(backend: TensorFlowBackend): Windows {
  const { binding } = backend;
  const { type, text, integers } = attributesOf(binding);
  const float = type('T', binding.TF_FLOAT);
  const layout = text('data_format', 'NHWC');
  const shapeOf = (x: Tensor): Tensor => tf.tensor1d(x.shape, 'int32');

  function single(name: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor {
    return backend.executeSingleOutput(name, attributes, inputs);
  }

  function windowAttributes(
    [, height, width]: Tensor4D['shape'],
    size: readonly [number, number],
    stride: number,
    padding: Padding,
  ): OpAttribute[] {
    const keyword = paddingKeyword(padding, [height, width], size, stride);
    const { top, bottom, left, right } = padding;
    const ofPadding =
      keyword === null
        ? [text('padding', 'EXPLICIT'), integers('explicit_paddings', [0, 0, top, bottom, left, right, 0, 0])]
        : [text('padding', keyword.toUpperCase())];
    return [float, layout, integers('strides', [1, stride, stride, 1]), ...ofPadding];
  }

  /** A convolution of this name, whose gradients are those that TensorFlow names after it. */
  function convolutionNamed(name: string) {
    return (x: Tensor4D, kernel: Tensor4D, stride: number, padding: Padding): Tensor4D => {
      const [height, width] = kernel.shape;
      const windows = windowAttributes(x.shape, [height, width], stride, padding);
      const attributes = [...windows, integers('dilations', [1, 1, 1, 1])];
      const convolve = tf.customGrad((input, weights, save) => {
        (save as tf.GradSaveFunc)([input as Tensor, weights as Tensor]);
        return {
          value: single(name, attributes, [input as Tensor, weights as Tensor]),
          gradFunc: (dy, [saved, used]) => {
            if (!saved || !used) throw new Error(`${name} has not saved what its gradient needs`);
            return [
              single(`${name}BackpropInput`, attributes, [shapeOf(saved), used, dy]),
              single(`${name}BackpropFilter`, attributes, [saved, shapeOf(used), dy]),
            ];
          },
        };
      });
      return convolve(x, kernel) as Tensor4D;
    };
  }

  /** Zeros around height and width. */
  function padded(x: Tensor4D, padding: Padding): Tensor4D {
    if (!isPadded(padding)) return x;
    const { top, bottom, left, right } = padding;
    const sides = tf.tensor2d([0, 0, top, bottom, left, right, 0, 0], [4, 2], 'int32');
    const pad = tf.customGrad((input) => ({
      value: single('Pad', [float, type('Tpaddings', binding.TF_INT32)], [input as Tensor, sides]),
      gradFunc: (dy) => tf.slice(dy, [0, top, left, 0], x.shape),
    }));
    return pad(x) as Tensor4D;
  }

  const convolution = convolutionNamed('Conv2D');
  const depthwise = convolutionNamed('DepthwiseConv2dNative');

  return {
    // the kernel says by its extents how many groups there are
    convolution: (x, kernel, stride, padding) => convolution(x, kernel, stride, padding),
    depthwise,
    maximumPool(x, size, stride, padding) {
      const windows = windowAttributes(x.shape, [size, size], stride, padding);
      const attributes = [...windows, integers('ksize', [1, size, size, 1])];
      const pool = tf.customGrad((input, save) => {
        const y = single('MaxPool', attributes, [input as Tensor]);
        (save as tf.GradSaveFunc)([input as Tensor, y]);
        return { value: y, gradFunc: (dy, saved) => single('MaxPoolGrad', attributes, [...saved, dy]) };
      });
      return pool(x) as Tensor4D;
    },
    averagePool(x, size, stride, padding, countsPadding) {
      const keyword = paddingKeyword(padding, [x.shape[1], x.shape[2]], [size, size], stride);
      if (keyword !== null && !(countsPadding && isPadded(padding)))
        return composedOperations.averagePool.call(
          this as Operations,
          x,
          size,
          stride,
          padding,
          countsPadding,
        );
      const averages = tf.avgPool(padded(x, padding), size, stride, 'valid');
      if (countsPadding) return averages;
      return tf.mul(averages, sharesInside(x.shape, size, stride, padding));
    },
  };
}

/**
 * The pixels of a window over those of it that lie in the image, at each of its places, [1, h, w, 1]: what turns an average that counts the
 * padding into one that does not.
 */
function sharesInside(
  [, height, width]: Tensor4D['shape'],
  size: number,
  stride: number,
  { top, bottom, left, right }: Padding,
): Tensor4D {
  const inside = (extent: number, before: number, after: number): number[] =>
    Array.from({ length: windowCount(extent, size, stride, before + after) }, (_, place) => {
      const first = place * stride - before;
      return Math.min(first + size, extent) - Math.max(first, 0);
    });
  const [rows, columns] = [inside(height, top, bottom), inside(width, left, right)];
  const shares = rows.flatMap((row) => columns.map((column) => size ** 2 / (row * column)));
  return tf.tensor4d(shares, [1, rows.length, columns.length, 1]);
}
