import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { pixelsOf } from '../../datasets/image-reader.ts';
import { openDataset } from '../../datasets/open-dataset.ts';

export interface TestImagePlace {
  /** What the data set is called, for messages. */
  readonly name: string;
  /** Of the prepared data set. */
  readonly folder: string;
  readonly image: number;
}

/**
 * The bytes of an image, [h, w, c].
 * @param input of the network that is to see it
 * @throws Problem `data-missing` or `data-invalid` for the data set, `usage` if its images are of another size, `not-found`
 *   for the image
 */
export function testImage({ name, folder, image }: TestImagePlace, input: Shape): Uint8Array {
  const part = openDataset(folder).glanceAt('test');
  const [own, wanted] = [part.shape.join('x'), input.join('x')];
  if (own !== wanted)
    throw new Problem('usage', `The images of ${name} are ${own}, the network takes ${wanted}.`);
  const [pixels = new Uint8Array()] = pixelsOf(part, [image], name);
  return pixels;
}
