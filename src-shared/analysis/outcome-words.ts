import { counted } from '../counted.ts';
import { fixed, nText, percent, signedDifference, whole } from '../numbers.ts';
import { pText } from '../statistics/p-value.ts';
import type { AccuracyDifference } from './accuracy-difference.ts';
import type { ComparedOutcomes } from './outcome-changes.ts';
import { type ImagesOfHash, isFolder } from './outcomes.ts';

/** How many images a network gets wrong, in the words of the page and the command line. */
export function mistakesText({
  shown,
  matching,
  mistakes,
  images,
  data,
}: {
  readonly shown: number;
  /** Of the classes that are asked for. */
  readonly matching: number;
  readonly mistakes: number;
  readonly images: number;
  readonly data: ImagesOfHash;
}): string {
  const share = images === 0 ? '' : ` (${percent(mistakes / images, 2)})`;
  return `${shownText(shown, matching)}, the highest loss first; ${whole(mistakes)} of ${whole(images)} ${isFolder(data) ? 'pictures' : 'test images'} are misclassified${share}.`;
}

function shownText(shown: number, matching: number): string {
  const all = shown < matching ? `${whole(shown)} of ` : '';
  return `${all}${counted(matching, 'image')} shown`;
}

/** What choosing by such images does. */
export const CHOICE_CAUTION = 'A network or setting that is chosen by these images must be tested on others.';

/** The four counts of two networks, in the words of the page and the command line. */
export function sidesOf(
  { bothRight, onlyFirst, onlySecond, bothWrong }: ComparedOutcomes,
  [first, second]: readonly [string, string],
): readonly { readonly what: string; readonly images: number }[] {
  return [
    { what: 'both right', images: bothRight },
    { what: `only ${first} right`, images: onlyFirst },
    { what: `only ${second} right`, images: onlySecond },
    { what: 'both wrong', images: bothWrong },
  ];
}

/** What is shown of the images that change sides. */
export function changesText(shown: number, matching: number): string {
  return `${shownText(shown, matching)}, the largest change of loss first.`;
}

/** Said where two networks do not decide among equally many classes; empty where they do. */
export function choicesText(
  { choices: [one, other] }: Pick<ComparedOutcomes, 'choices'>,
  [first, second]: readonly [string, string],
): string {
  if (one === other || one === 0 || other === 0) return '';
  return `${first} decides among ${whole(one)} classes, ${second} among ${whole(other)}: to be right among more is harder.`;
}

export interface McNemarWords {
  readonly result: string;
  /** What the test answers and what it does not; empty without one. */
  readonly meaning: string;
}

export function mcnemarWords(
  { images, onlyFirst, onlySecond, bothRight, test }: ComparedOutcomes,
  [first, second]: readonly [string, string],
): McNemarWords {
  const [one, other] = [onlyFirst, onlySecond].map((only) => percent((bothRight + only) / images, 2));
  const accuracies = `Accuracy ${one ?? ''} (${first}) and ${other ?? ''} (${second}).`;
  if (test === null)
    return { result: `${accuracies} No image changes sides: there is nothing to test.`, meaning: '' };
  return {
    result: `${accuracies} ${counted(test.n, 'image changes', 'images change')} sides; McNemar’s exact test ${pText(test.p)}, mid-p ${pText(test.midP).replace(/^p /, '')}.`,
    meaning:
      'The test asks whether these two trainings are right equally often on images like these. It says nothing of the designs: the variation over seeds is not in it, which the differences of cells over their seeds show. If the two were chosen by their test results, p is too small.',
  };
}

/** A difference of accuracies over the images and over the seeds: each interval with the question that it answers. */
export function differenceWords(
  { images, difference, accuracies, overImages, overSeeds }: AccuracyDifference,
  [first, second]: readonly [string, string],
): readonly string[] {
  const points = (share: number): string => signedDifference(share, (size) => fixed(100 * size, 2)) || '0.00';
  const [one, other] = accuracies.map((share) => percent(share, 2));
  const { method, n, test, cautions } = overSeeds;
  const isOfCells = Math.max(...n) > 1;
  const pairs =
    method === 'paired'
      ? `paired t interval, ${nText(n[0])}`
      : `Welch’s t interval, ${nText(n.join(' and '))}`;
  return [
    `${first} ${one ?? ''}, ${second} ${other ?? ''}: a difference of ${points(difference)} percentage points.`,
    overImages === null
      ? 'Every image is as often right on both sides, so there is nothing to resample.'
      : `Over the images ${points(overImages.low)} to ${points(overImages.high)} (95\u00a0%, paired bootstrap of ${counted(images, 'image')}): how far it would move on other images of this kind, for ${isOfCells ? 'the same trainings' : 'these two trainings'}.`,
    ...(isOfCells
      ? [
          test === null
            ? cautions.join(' ')
            : `Over the seeds ${points(test.low)} to ${points(test.high)} (95\u00a0% ${pairs}, ${pText(test.p)}): how far it would move with other seeds, on the same images. Neither interval holds what the other one is about.`,
          ...(test === null ? [] : cautions),
        ]
      : []),
  ];
}
