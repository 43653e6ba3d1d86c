import type { ImageOptions } from '../analyze/images-of.ts';
import { openToRead } from '../open-to-read.ts';
import { computeOutcomes } from '../outcomes/compute-outcomes.ts';
import { type MistakeOptions, printMistakes } from '../outcomes/print-mistakes.ts';
import { newFolder } from '../outcomes/write-pictures.ts';
import { allImages } from './all-images.ts';

/**
 * Prints the images that an imported network gets wrong.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function networkMistakes(
  file: string,
  name: string,
  options: MistakeOptions & ImageOptions,
): Promise<void> {
  const folder = options.output === undefined ? null : newFolder(options.output);
  const data = allImages(options);
  const store = openToRead(file);
  try {
    const { id } = store.network(name);
    const outcomes = await computeOutcomes(store, [id], { command: 'network mistakes', data });
    for (const found of outcomes) await printMistakes(found, options, folder);
  } finally {
    store.close();
  }
}
