import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../../../../src-shared/networks/graph.ts';
import { type ImageBytes, VARIATION_NUMBERS } from '../../../../../src-shared/training/image-bytes.ts';
import { eachValue, groupsOf } from './each-value.ts';
import type { RunKernel } from './run-kernel.ts';

/** Bytes lie four to a word, the first in its lowest bits. */
const CODE = eachValue(`
  let channel = i % u.channels;
  let pixel = i / u.channels;
  let x = i32(pixel % u.width);
  let y = i32(pixel / u.width % u.height);
  let image = pixel / (u.width * u.height);
  let first = image * ${VARIATION_NUMBERS}u;
  let isBlanked =
    y >= variations[first + 3u] && y < variations[first + 4u] && x >= variations[first + 5u] && x < variations[first + 6u];
  let width = i32(u.width);
  let shownY = y + variations[first];
  let shownX = select(x, width - 1 - x, variations[first + 2u] == 1) + variations[first + 1u];
  let isInside = shownY >= 0 && shownY < i32(u.height) && shownX >= 0 && shownX < width;
  if (isBlanked || !isInside) {
    values[i] = 0.0;
    return;
  }
  let place = (u32(places[image]) * u.height + u32(shownY)) * u.width + u32(shownX);
  let at = place * u.channels + channel;
  let byte = (u32(memory[at / 4u]) >> (8u * (at % 4u))) & 255u;
  values[i] = table[channel * 256u + byte];`);

/** As `ImagesFromBytes.values`. @param bytes their memory int32, four bytes to a value, image after image */
export function imageValues(
  run: RunKernel,
  { memory, places, variations, table }: Readonly<Record<keyof ImageBytes, Tensor>>,
  [height, width, channels]: Graph['input'],
): Tensor4D {
  const shape = [places.size, height, width, channels];
  const count = shape.reduce((product, extent) => product * extent, 1);
  const { values } = run({
    name: 'images from bytes',
    code: CODE,
    inputs: { memory, places, variations, table },
    outputs: { values: shape },
    sizes: { count, height, width, channels },
    workgroups: groupsOf(count),
  });
  return values as Tensor4D;
}
