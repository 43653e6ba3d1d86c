/** The method that finds out what a network takes each test image for, and its file. */
export const OUTCOMES = 'outcomes';
export const OUTCOMES_FILE = 'network-outcomes.csv';

/** What a network takes a test image for. Classes are counted from 0. */
export interface Outcome {
  /** Place in the test part. */
  readonly image: number;
  readonly truth: number;
  readonly predicted: number;
  /** Cross-entropy of the true class, in nats. */
  readonly loss: number;
}

const HEAD = 'image,true,predicted,loss';

export function outcomesCsv(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(({ image, truth, predicted, loss }) =>
    [image, truth, predicted, Number(loss.toPrecision(7))].join(','),
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

/** The misclassified ones, those with the highest loss first. */
export function mistakesOf(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes
    .filter(({ truth, predicted }) => truth !== predicted)
    .toSorted((a, b) => b.loss - a.loss || a.image - b.image);
}
