import { Problem } from '../../../src-shared/contract/problem.ts';
import type { ImagePart } from '../dataset.ts';
import type { DecodedImage } from './decode-image.ts';
import type { ArrangedImage } from './image-paths.ts';

/** A part is kept in memory while training. */
const LARGEST_PART = 4 * 2 ** 30;

/**
 * The shape that all images share: colour as soon as one is coloured.
 * @throws Problem `data-invalid` with two examples if the sizes are mixed
 */
export function commonShape(
  images: ReadonlyMap<string, DecodedImage>,
  source: string,
): readonly [height: number, width: number, channels: 1 | 3] {
  let first: { readonly file: string; readonly image: DecodedImage } | null = null;
  let channels: 1 | 3 = 1;
  for (const [file, image] of images) {
    first ??= { file, image };
    if (image.height !== first.image.height || image.width !== first.image.width) {
      throw new Problem(
        'data-invalid',
        `${source}: the images have mixed sizes, e.g. ${describe(first.file, first.image)} and ${describe(file, image)}. ` +
          'Add --size N to bring them all to N x N.',
      );
    }
    if (image.channels === 3) channels = 3;
  }
  return [first?.image.height ?? 0, first?.image.width ?? 0, channels];
}

function describe(file: string, { width, height }: DecodedImage): string {
  return `${file} (${width}x${height})`;
}

/**
 * Puts decoded images into one part, in the order given. Grey images become coloured ones by repetition where the
 * shape asks for it.
 * @throws Problem `data-invalid` if the part would be larger than 4 GiB
 */
export function assembleImages(
  arranged: readonly ArrangedImage[],
  decoded: ReadonlyMap<string, DecodedImage>,
  shape: readonly [height: number, width: number, channels: 1 | 3],
  source: string,
): ImagePart {
  const size = shape[0] * shape[1] * shape[2];
  if (arranged.length * size > LARGEST_PART) {
    const gib = ((arranged.length * size) / 2 ** 30).toFixed(1);
    throw new Problem(
      'data-invalid',
      `${source}: ${arranged.length} images of ${shape.join('x')} take ${gib} GiB, more than the 4 GiB that fit. Add --size N to make them smaller.`,
    );
  }
  const images = new Uint8Array(arranged.length * size);
  const labels = new Uint16Array(arranged.length);
  for (const [index, { file, label }] of arranged.entries()) {
    labels[index] = label;
    const image = decoded.get(file);
    if (image === undefined) throw new Error(`${file} was not decoded`);
    if (image.channels === shape[2]) {
      images.set(image.bytes, index * size);
    } else {
      for (const [pixel, value] of image.bytes.entries()) {
        images.fill(value, index * size + pixel * 3, index * size + pixel * 3 + 3);
      }
    }
  }
  return { count: arranged.length, shape, images, labels };
}
