import { z } from 'zod';
import { roundedTo } from '../numbers.ts';

/** The method that finds out which class a network predicts for each image, and its file. */
export const OUTCOMES = 'outcomes';
export const OUTCOMES_FILE = 'network-outcomes.csv';

/** Which class a network predicts for an image. Classes are counted from 0, in the network's order. */
export interface Outcome {
  /** Place in the test part, or among the pictures of a folder. */
  readonly image: number;
  readonly truth: number;
  readonly predicted: number;
  /** Cross-entropy of the true class, in nats. */
  readonly loss: number;
}

const HEAD = 'image,true,predicted,loss';

export function outcomesCsv(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(({ image, truth, predicted, loss }) =>
    [image, truth, predicted, roundedTo(loss, 7)].join(','),
  );
  return [HEAD, ...lines, ''].join('\n');
}

/** @throws Error for a text that `outcomesCsv` did not write */
export function readOutcomes(text: string): Outcome[] {
  const [head, ...lines] = text.split('\n');
  if (head !== HEAD) throw new Error(`the outcomes begin with "${head ?? ''}" instead of "${HEAD}"`);
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [image = NaN, truth = NaN, predicted = NaN, loss = NaN] = line.split(',').map(Number);
      return { image, truth, predicted, loss };
    });
}

/** Images by their hash, with the name of the data set or folder that they were of. */
export const imagesOfHashSchema = z.strictObject({ name: z.string(), hash: z.string() });
export type ImagesOfHash = z.output<typeof imagesOfHashSchema>;

/** Whether they are the pictures of a folder: names of data sets have no slash. */
export function isFolder({ name }: ImagesOfHash): boolean {
  return /[/\\]/.test(name);
}

/** What a network predicts for images, with what is needed to say and to show which images these are. */
export interface ImageOutcomes {
  /** Id of the run or of the imported network. */
  readonly network: string;
  /** The data set whose test part it is, or the folder of the pictures; the hash tells which images it had. */
  readonly data: ImagesOfHash;
  /** Paths of pictures within their folder, by their places; null for a data set, or where they are gone. */
  readonly files: readonly string[] | null;
  /** Names of the network's classes; empty where they are not known. */
  readonly classes: readonly string[];
  readonly outcomes: readonly Outcome[];
  /** What was left out or changed when the pictures of a folder were read. */
  readonly remarks: readonly string[];
}

/** Classes, counted from 0; null for any. */
export interface ClassFilter {
  readonly truth: number | null;
  readonly predicted: number | null;
}

/** The misclassified ones, those with the highest loss first. */
export function mistakesOf(outcomes: readonly Outcome[]): Outcome[] {
  return highestLossFirst(outcomes.filter(({ truth, predicted }) => truth !== predicted));
}

/** The misclassified images of these classes, or those that are rightly predicted where both classes are the same. */
export function outcomesOfClasses(
  outcomes: readonly Outcome[],
  { truth, predicted }: ClassFilter,
): Outcome[] {
  const isRight = truth !== null && truth === predicted;
  return highestLossFirst(
    outcomes.filter(
      (each) =>
        (truth === null || each.truth === truth) &&
        (predicted === null || each.predicted === predicted) &&
        (isRight || each.truth !== each.predicted),
    ),
  );
}

function highestLossFirst(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.toSorted((a, b) => b.loss - a.loss || a.image - b.image);
}

/** A class by its number; of a network whose classes are not known any more, the number. */
export function classNameOf(classes: readonly string[], index: number): string {
  return classes[index] ?? `class ${index}`;
}
