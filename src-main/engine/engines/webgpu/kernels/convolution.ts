import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Padding } from '../../../../../src-shared/networks/layer.ts';
import { windowCount } from '../../../../../src-shared/networks/window.ts';
import { columnSums } from './column-sums.ts';
import { eachValue, groupsOf } from './each-value.ts';
import type { RunKernel } from './run-kernel.ts';
import { tiledProduct, tilesOf } from './tiled-product.ts';

/** Groups of threads that the gradient of a kernel should have at least: its result is small, and what it sums is long. */
const ENOUGH_GROUPS = 256;
/** Products that a part of it sums at least. */
const LEAST_DEPTH = 256;

/** How a kernel goes over the images; `groups` of a depthwise convolution are its channels. */
export interface Window extends Padding {
  readonly stride: number;
  readonly groups: number;
}

/** The value of the images at a place that may be padding: `py` and `px` begin at 0 with it. */
const IMAGE_AT = `
fn imageAt(n: u32, py: u32, px: u32, channel: u32) -> f32 {
  if (py < u.top || py >= u.top + u.height || px < u.left || px >= u.left + u.width) { return 0.0; }
  return x[((n * u.height + py - u.top) * u.width + px - u.left) * u.inputs + channel];
}
`;

/** Row `p` of the outputs as a place in an image. */
const OUTPUT_PLACE = `
  let n = p / (u.outHeight * u.outWidth);
  let oy = p / u.outWidth % u.outHeight;
  let ox = p % u.outWidth;`;

/** What an output is computed from: the value of patch `p` at entry `k`, a place in the window with a channel of the group. */
const PATCH_AT = `${IMAGE_AT}
fn patchAt(p: u32, k: u32, group: u32) -> f32 {${OUTPUT_PLACE}
  let ky = k / (u.kernelWidth * u.groupInputs);
  let kx = k / u.groupInputs % u.kernelWidth;
  let channel = group * u.groupInputs + k % u.groupInputs;
  return imageAt(n, oy * u.stride + ky, ox * u.stride + kx, channel);
}
`;

/** The gradient that reaches a place of the images from the output that sees it at a place of the window; 0 where none does. */
const REACHED_AT = `
fn reachedAt(n: u32, iy: u32, ix: u32, ky: u32, kx: u32, channel: u32) -> f32 {
  let py = iy + u.top;
  let px = ix + u.left;
  if (py < ky || px < kx) { return 0.0; }
  let oy = (py - ky) / u.stride;
  let ox = (px - kx) / u.stride;
  let isStep = (py - ky) % u.stride == 0u && (px - kx) % u.stride == 0u;
  if (!isStep || oy >= u.outHeight || ox >= u.outWidth) { return 0.0; }
  return dy[((n * u.outHeight + oy) * u.outWidth + ox) * u.across + u.before + channel];
}
`;

/** Adds up over a window, each value times the weight of its place. */
function eachTap(value: string): string {
  return `
  for (var ky = 0u; ky < u.kernelHeight; ky++) {
    for (var kx = 0u; kx < u.kernelWidth; kx++) {
      sum += ${value} * w[(ky * u.kernelWidth + kx) * u.inputs + channel];
    }
  }`;
}

/** Outputs that lie beside those of other convolutions: in a tensor of more channels, some of them before these. */
export interface Beside {
  readonly across: number;
  readonly before: number;
}

/**
 * [n, oh, ow, outputs] of images [n, h, w, inputs] and a kernel [kh, kw, inputs / groups, outputs]: no copy of what is padded, nor of patches.
 * @param into where others have their outputs already; null: a new tensor
 */
export function convolve(
  run: RunKernel,
  x: Tensor4D,
  w: Tensor4D,
  window: Window,
  beside?: Beside,
  into: Tensor4D | null = null,
): Tensor4D {
  const { output, patch, groupOutputs, sizes } = sizesOf(x.shape, w.shape, window, beside);
  const shape = [...output.slice(0, 3), sizes.across];
  const y = tiledProduct(run, {
    name: 'convolution',
    inputs: { x, w },
    output: into === null ? shape : { shape, into },
    ...{ rows: output[0] * output[1] * output[2], columns: groupOutputs, depth: patch },
    ...{ groups: window.groups, sizes },
    functions: PATCH_AT,
    left: 'return patchAt(row, k, group);',
    right: 'return w[k * u.outputs + group * u.groupOutputs + column];',
    place: 'return row * u.across + u.before + group * u.groupOutputs + column;',
  });
  return y as Tensor4D;
}

/**
 * The gradient of the images, of the shape of `x`.
 * @param into the gradient by other convolutions, to which it is added; null: a new tensor
 */
export function imageGradient(
  run: RunKernel,
  dy: Tensor4D,
  x: Tensor4D,
  w: Tensor4D,
  window: Window,
  beside?: Beside,
  into: Tensor4D | null = null,
): Tensor4D {
  const { groupInputs, groupOutputs, sizes } = sizesOf(x.shape, w.shape, window, beside);
  const dx = tiledProduct(run, {
    name: 'convolution, gradient of the images',
    inputs: { dy, w },
    output: into === null ? x.shape : { shape: x.shape, into },
    isAdded: into !== null,
    ...{ rows: x.shape[0] * x.shape[1] * x.shape[2], columns: groupInputs },
    depth: w.shape[0] * w.shape[1] * groupOutputs,
    ...{ groups: window.groups, sizes },
    functions: REACHED_AT,
    left: `
  let ky = k / (u.kernelWidth * u.groupOutputs);
  let kx = k / u.groupOutputs % u.kernelWidth;
  let channel = group * u.groupOutputs + k % u.groupOutputs;
  return reachedAt(row / (u.height * u.width), row / u.width % u.height, row % u.width, ky, kx, channel);`,
    right: `
  let place = k / u.groupOutputs * u.groupInputs + column;
  return w[place * u.outputs + group * u.groupOutputs + k % u.groupOutputs];`,
    place: 'return row * u.inputs + group * u.groupInputs + column;',
  });
  return dx as Tensor4D;
}

/** The gradient of the kernel, of the shape of `w`. */
export function kernelGradient(
  run: RunKernel,
  dy: Tensor4D,
  x: Tensor4D,
  w: Tensor4D,
  window: Window,
  beside?: Beside,
): Tensor4D {
  const { output, patch, groupOutputs, sizes } = sizesOf(x.shape, w.shape, window, beside);
  const depth = output[0] * output[1] * output[2];
  const product = { rows: patch, columns: groupOutputs, depth };
  const enough = Math.ceil(ENOUGH_GROUPS / (tilesOf(product) * window.groups));
  const parts = Math.max(1, Math.min(enough, Math.floor(depth / LEAST_DEPTH)));
  const partial = tiledProduct(run, {
    ...{ ...product, parts, groups: window.groups, sizes },
    name: 'convolution, gradient of the kernel',
    inputs: { x, dy },
    output: parts === 1 ? { shape: [w.size], like: w } : [parts, w.size],
    functions: PATCH_AT,
    left: 'return patchAt(k, row, group);',
    right: 'return dy[k * u.across + u.before + group * u.groupOutputs + column];',
    place: 'return (part * u.rows + row) * u.outputs + group * u.groupOutputs + column;',
  });
  if (parts === 1) return tf.reshape(partial, w.shape);
  const sums = { sum: 'partial[i]' };
  const { sum } = columnSums(run, { name: 'sum of parts', rows: { partial }, sums, like: { sum: w } });
  return tf.reshape(sum, w.shape);
}

/** [n, oh, ow, channels] of images [n, h, w, channels] and a kernel [kh, kw, channels, 1]. */
export function convolveDepthwise(run: RunKernel, x: Tensor4D, w: Tensor4D, window: Window): Tensor4D {
  const { output, sizes } = sizesOf(x.shape, w.shape, window);
  const count = output.reduce((product, extent) => product * extent);
  const { y } = run({
    name: 'depthwise convolution',
    code: `${IMAGE_AT}${eachValue(`
  let channel = i % u.inputs;
  let p = i / u.inputs;${OUTPUT_PLACE}
  var sum = 0.0;${eachTap('imageAt(n, oy * u.stride + ky, ox * u.stride + kx, channel)')}
  y[i] = sum;`)}`,
    inputs: { x, w },
    outputs: { y: output },
    sizes: { count, ...sizes },
    workgroups: groupsOf(count),
  });
  return y as Tensor4D;
}

/** The gradient of the images of a depthwise convolution, of the shape of `x`. */
export function depthwiseImageGradient(
  run: RunKernel,
  dy: Tensor4D,
  x: Tensor4D,
  w: Tensor4D,
  window: Window,
): Tensor4D {
  const { sizes } = sizesOf(x.shape, w.shape, window);
  const { dx } = run({
    name: 'depthwise convolution, gradient of the images',
    code: `${REACHED_AT}${eachValue(`
  let channel = i % u.inputs;
  let n = i / (u.inputs * u.width * u.height);
  let iy = i / (u.inputs * u.width) % u.height;
  let ix = i / u.inputs % u.width;
  var sum = 0.0;${eachTap('reachedAt(n, iy, ix, ky, kx, channel)')}
  dx[i] = sum;`)}`,
    inputs: { dy, w },
    outputs: { dx: x.shape },
    sizes: { count: x.size, ...sizes },
    workgroups: groupsOf(x.size),
  });
  return dx as Tensor4D;
}

/** The gradient of the kernel of a depthwise convolution, of the shape of `w`. */
export function depthwiseKernelGradient(
  run: RunKernel,
  dy: Tensor4D,
  x: Tensor4D,
  w: Tensor4D,
  window: Window,
): Tensor4D {
  const { sizes } = sizesOf(x.shape, w.shape, window);
  const { sum } = columnSums(run, {
    name: 'depthwise convolution, gradient of the kernel',
    rows: { dy },
    columns: { x },
    taps: w.shape[0] * w.shape[1],
    sizes,
    functions: IMAGE_AT,
    before: `
      let p = row;${OUTPUT_PLACE}
      let image = imageAt(n, oy * u.stride + tap / u.kernelWidth, ox * u.stride + tap % u.kernelWidth, c);`,
    sums: { sum: 'dy[i] * image' },
    like: { sum: w },
  });
  return tf.reshape(sum, w.shape);
}

type Shape = Tensor4D['shape'];

/** Of a depthwise convolution, whose kernel is [kh, kw, channels, 1], too. */
function sizesOf(x: Shape, w: Shape, { stride, top, bottom, left, right, groups }: Window, beside?: Beside) {
  const [images, height, width, inputs] = x;
  const [kernelHeight, kernelWidth, kernelInputs, kernelOutputs] = w;
  const isDepthwise = kernelInputs === inputs && groups === inputs && kernelOutputs === 1;
  const outputs = isDepthwise ? inputs : kernelOutputs;
  const outHeight = windowCount(height, kernelHeight, stride, top + bottom);
  const outWidth = windowCount(width, kernelWidth, stride, left + right);
  const groupInputs = inputs / groups;
  const groupOutputs = outputs / groups;
  const output: Shape = [images, outHeight, outWidth, outputs];
  return {
    ...{ output, groupInputs, groupOutputs },
    /** Values that an output is computed from. */
    patch: kernelHeight * kernelWidth * groupInputs,
    /** Known to the kernels as `u.…`. */
    sizes: {
      ...{ height, width, inputs, outHeight, outWidth, outputs, groupInputs, groupOutputs },
      ...{ kernelHeight, kernelWidth, stride, top, left },
      ...(beside ?? { across: outputs, before: 0 }),
    },
  };
}
