import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { ImagePart } from '../../datasets/dataset.ts';
import { openImages } from '../../datasets/image-reader.ts';
import { openDataset } from '../../datasets/open-dataset.ts';

/** The test part of the data set that was asked for last stays open: pictures of one are looked at in turn. */
export class TestImages {
  #open: { readonly folder: string; readonly hash: string; readonly part: ImagePart } | null = null;

  /**
   * The bytes of an image, [h, w, c].
   * @param hash of the data set on which the network was trained
   * @throws Problem `data-missing` or `data-invalid` for the data set, or if it is another; `not-found` for the image
   */
  at(folder: string, image: number, hash: string | undefined): Uint8Array {
    const { part } = this.#opened(folder, hash);
    if (image >= part.count)
      throw new Problem('not-found', `There is no test image ${image}: the data set has ${part.count}.`);
    const images = openImages(part);
    try {
      return images.at(image).slice();
    } finally {
      images.close();
    }
  }

  #opened(folder: string, hash: string | undefined): { readonly part: ImagePart } {
    const dataset = openDataset(folder);
    const found = dataset.description.hash;
    if (found !== hash)
      throw new Problem(
        'data-invalid',
        `The data set in ${folder} is not the one on which the run was trained (its hash is ${found}, not ${hash ?? 'one that was noted'}): add the earlier data set again.`,
      );
    if (this.#open?.folder !== folder || this.#open.hash !== found)
      this.#open = { folder, hash: found, part: dataset.readTest() };
    return this.#open;
  }
}
