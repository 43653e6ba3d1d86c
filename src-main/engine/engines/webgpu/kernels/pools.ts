import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Padding } from '../../../../../src-shared/networks/layer.ts';
import { windowCount } from '../../../../../src-shared/networks/window.ts';
import { eachValue, groupsOf } from './each-value.ts';
import type { RunKernel } from './run-kernel.ts';

/** A square window that goes over the images, each channel by itself. */
interface PoolWindow extends Padding {
  readonly size: number;
  readonly stride: number;
}

/** Value `i` of the outputs as a place in an image, and the first pixel that it sees, with the padding. */
const OUTPUT = `
  let channel = i % u.channels;
  let n = i / (u.channels * u.outWidth * u.outHeight);
  let oy = i / (u.channels * u.outWidth) % u.outHeight;
  let ox = i / u.channels % u.outWidth;`;

/** Runs over a window; `at` is the place of a pixel of the images, where it is one. */
function eachPixel(body: string): string {
  return `
  for (var tap = 0u; tap < u.size * u.size; tap++) {
    let py = oy * u.stride + tap / u.size;
    let px = ox * u.stride + tap % u.size;
    if (py < u.top || py >= u.top + u.height || px < u.left || px >= u.left + u.width) { continue; }
    let at = ((n * u.height + py - u.top) * u.width + px - u.left) * u.channels + channel;
    ${body}
  }`;
}

/** Runs over the outputs that see pixel `i` of the images; `at` is the place of one, `tap` that of the pixel in its window. */
function eachOutput(body: string): string {
  return `
  let channel = i % u.channels;
  let n = i / (u.channels * u.width * u.height);
  let py = i / (u.channels * u.width) % u.height + u.top;
  let px = i / u.channels % u.width + u.left;
  for (var tap = 0u; tap < u.size * u.size; tap++) {
    let ky = tap / u.size;
    let kx = tap % u.size;
    if (py < ky || px < kx || (py - ky) % u.stride != 0u || (px - kx) % u.stride != 0u) { continue; }
    let oy = (py - ky) / u.stride;
    let ox = (px - kx) / u.stride;
    if (oy >= u.outHeight || ox >= u.outWidth) { continue; }
    let at = ((n * u.outHeight + oy) * u.outWidth + ox) * u.channels + channel;
    ${body}
  }`;
}

/** As `Operations.maximumPool`. Of equal values the first of a window passes the gradient. */
export function maximumPool(run: RunKernel, x: Tensor4D, window: PoolWindow): Tensor4D {
  const { output, count, sizes } = sizesOf(x, window);
  const pool = tf.customGrad((input, save) => {
    const { y, place } = run({
      name: 'maximum pool',
      code: eachValue(`${OUTPUT}
  var highest = -3.4e38;
  var first = 0u;${eachPixel('if (x[at] > highest) { highest = x[at]; first = tap; }')}
  y[i] = highest;
  place[i] = f32(first);`),
      inputs: { x: input as Tensor },
      outputs: { y: output, place: output },
      sizes: { count, ...sizes },
      workgroups: groupsOf(count),
    });
    (save as tf.GradSaveFunc)([place]);
    return {
      value: y,
      gradFunc: (dy, [places]) => {
        if (!places) throw new Error('the pool saved nothing');
        const { dx } = run({
          name: 'maximum pool, gradient',
          code: eachValue(`
  var sum = 0.0;${eachOutput('if (u32(place[at]) == tap) { sum += dy[at]; }')}
  dx[i] = sum;`),
          inputs: { dy, place: places },
          outputs: { dx: x.shape },
          sizes: { count: x.size, ...sizes },
          workgroups: groupsOf(x.size),
        });
        return dx;
      },
    };
  });
  return pool(x) as Tensor4D;
}

/** As `Operations.averagePool`. */
export function averagePool(
  run: RunKernel,
  x: Tensor4D,
  window: PoolWindow,
  countsPadding: boolean,
): Tensor4D {
  const { output, count, sizes } = sizesOf(x, window);
  const pixels = `
fn pixelsOf(oy: u32, ox: u32) -> f32 {
  ${
    countsPadding
      ? 'return f32(u.size * u.size);'
      : `
  let firstY = max(oy * u.stride, u.top);
  let firstX = max(ox * u.stride, u.left);
  let endY = min(oy * u.stride + u.size, u.top + u.height);
  let endX = min(ox * u.stride + u.size, u.left + u.width);
  return f32((endY - firstY) * (endX - firstX));`
  }
}`;
  const pool = tf.customGrad((input) => {
    const { y } = run({
      name: 'average pool',
      code: `${pixels}${eachValue(`${OUTPUT}
  var sum = 0.0;${eachPixel('sum += x[at];')}
  y[i] = sum / pixelsOf(oy, ox);`)}`,
      inputs: { x: input as Tensor },
      outputs: { y: output },
      sizes: { count, ...sizes },
      workgroups: groupsOf(count),
    });
    return {
      value: y,
      gradFunc: (dy) => {
        const { dx } = run({
          name: 'average pool, gradient',
          code: `${pixels}${eachValue(`
  var sum = 0.0;${eachOutput('sum += dy[at] / pixelsOf(oy, ox);')}
  dx[i] = sum;`)}`,
          inputs: { dy },
          outputs: { dx: x.shape },
          sizes: { count: x.size, ...sizes },
          workgroups: groupsOf(x.size),
        });
        return dx;
      },
    };
  });
  return pool(x) as Tensor4D;
}

function sizesOf(x: Tensor4D, { size, stride, top, bottom, left, right }: PoolWindow) {
  const [images, height, width, channels] = x.shape;
  const outHeight = windowCount(height, size, stride, top + bottom);
  const outWidth = windowCount(width, size, stride, left + right);
  return {
    output: [images, outHeight, outWidth, channels],
    count: images * outHeight * outWidth * channels,
    /** Known to the kernels as `u.…`. */
    sizes: { height, width, channels, outHeight, outWidth, size, stride, top, left },
  };
}
