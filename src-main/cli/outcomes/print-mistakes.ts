import { lossText } from '../../../src-shared/numbers.ts';
import { CHOICE_CAUTION, mistakesText } from '../../../src-shared/analysis/outcome-words.ts';
import {
  classNameOf,
  type ImageOutcomes,
  mistakesOf,
  type Outcome,
  outcomesOfClasses,
} from '../../../src-shared/analysis/outcomes.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { classFilter, type ClassOptions } from './class-filter.ts';
import { writePictures } from './write-pictures.ts';

export interface MistakeOptions extends ClassOptions {
  readonly limit?: number;
  readonly json?: boolean;
  readonly output?: string;
}

/** Images that people are shown unless they ask for another number; programs and folders get all. */
const SHOWN = 20;

/** Of images in order, those that are printed or written. */
export function firstShown<Image>(
  images: readonly Image[],
  { limit, json }: Pick<MistakeOptions, 'limit' | 'json'>,
  folder: string | null,
): Image[] {
  return images.slice(0, limit ?? (json || folder !== null ? images.length : SHOWN));
}

/**
 * Prints the images that a network gets wrong, and writes them as pictures where a folder is named.
 * @param folder a new one, or null
 * @throws Problem `not-found` for a class, and as `writePictures` does; Interrupted
 */
export async function printMistakes(
  found: ImageOutcomes,
  options: MistakeOptions,
  folder: string | null,
): Promise<void> {
  const { classes, data, files, outcomes } = found;
  const matching = outcomesOfClasses(outcomes, classFilter(found, options));
  const mistakes = mistakesOf(outcomes).length;
  const shown = firstShown(matching, options, folder);
  const named = (index: number): string => classNameOf(classes, index);
  const row = ({ truth, predicted, loss }: Outcome) => [named(truth), named(predicted), loss];
  if (folder !== null)
    await writePictures(folder, {
      data,
      columns: ['true', 'predicted', 'loss'],
      pictures: shown.map((each) => ({
        image: each.image,
        words: [named(each.truth), named(each.predicted)],
        row: row(each),
      })),
    });
  if (options.json) {
    printJson({
      ...{ network: found.network, data, images: outcomes.length, misclassified: mistakes },
      remarks: found.remarks,
      matching: matching.length,
      shown: shown.map(({ image, truth, predicted, loss }) => ({
        ...{ image, file: files?.[image] ?? null },
        true: { index: truth, name: named(truth) },
        predicted: { index: predicted, name: named(predicted) },
        loss,
      })),
    });
    return;
  }
  if (shown.length > 0)
    await printTable(
      [
        { title: files === null ? 'image' : 'picture', align: files === null ? 'right' : 'left' },
        { title: 'true class' },
        { title: 'predicted class' },
        { title: 'loss', align: 'right' },
      ],
      shown.map(({ image, truth, predicted, loss }) => [
        files?.[image] ?? String(image),
        ...[named(truth), named(predicted), lossText(loss)],
      ]),
    );
  printLine(
    mistakesText({
      ...{ shown: shown.length, matching: matching.length, mistakes },
      ...{ images: outcomes.length, data },
    }),
  );
  printLine(CHOICE_CAUTION);
  if (folder !== null) printLine(`The pictures are in ${folder}.`);
}
