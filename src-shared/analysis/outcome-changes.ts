import { Problem } from '../mistakes/problem.ts';
import { type McNemarTest, mcnemarTest } from '../statistics/mcnemar-test.ts';
import { commonClasses, type CommonClasses } from './common-classes.ts';
import type { ClassFilter, ImageOutcomes, Outcome } from './outcomes.ts';

export type Prediction = Pick<Outcome, 'predicted' | 'loss'>;

/** An image that one of two networks gets right and the other wrong. Classes are those that both have in common. */
export interface OutcomeChange {
  /** Place in the test part. */
  readonly image: number;
  readonly truth: number;
  readonly first: Prediction;
  readonly second: Prediction;
  /** Which of them is right. */
  readonly right: 'first' | 'second';
}

/** Two networks on the same images: how many each gets right, and which of them only one does. */
export interface ComparedOutcomes {
  readonly images: number;
  readonly bothRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
  /** Whether as many are right only for the first as only for the second; null where no image changes sides. */
  readonly test: McNemarTest | null;
  /** Those whose loss changes most first. */
  readonly changes: readonly OutcomeChange[];
  /** Names of the classes of both: those of the first, then those that only the second has. */
  readonly classes: readonly string[];
  /** Among how many classes each decides; 0 where that is not known. */
  readonly choices: readonly [first: number, second: number];
  /** Which class of the second one of `classes` is; null where it has none such. */
  readonly ofSecond: (common: number) => number | null;
}

/**
 * Pictures of a folder are the same by their names, whatever each network cuts out of them.
 * @throws Problem `usage` where the images are not the same, with both
 */
export function compareOutcomes(first: ImageOutcomes, other: ImageOutcomes): ComparedOutcomes {
  const second = inOrderOf(first, other);
  const common = requireSameClasses(first, second);
  const counts = { bothRight: 0, onlyFirst: 0, onlySecond: 0, bothWrong: 0 };
  const changes: OutcomeChange[] = [];
  for (const [place, one] of first.outcomes.entries()) {
    const other = predictionIn(common, second.outcomes[place] ?? one);
    const { image, truth } = one;
    const [isFirst, isSecond] = [one.predicted === truth, other.predicted === truth];
    counts[sideOf(isFirst, isSecond)]++;
    if (isFirst !== isSecond)
      changes.push({
        ...{ image, truth, first: { predicted: one.predicted, loss: one.loss }, second: other },
        right: isFirst ? 'first' : 'second',
      });
  }
  return {
    images: first.outcomes.length,
    ...counts,
    test: mcnemarTest(counts.onlyFirst, counts.onlySecond),
    changes: changes.toSorted((a, b) => changeOfLoss(b) - changeOfLoss(a) || a.image - b.image),
    classes: common.classes,
    choices: [first.classes.length, second.classes.length],
    ofSecond: backwards(common, second.classes.length),
  };
}

/** Which images of the first the other one gets right, in the order of the first. @throws as `compareOutcomes` */
export function rightImages(first: ImageOutcomes, other: ImageOutcomes): boolean[] {
  const ordered = inOrderOf(first, other);
  const common = requireSameClasses(first, ordered);
  return first.outcomes.map(
    ({ truth }, place) => common.ofSecond(ordered.outcomes[place]?.predicted ?? NaN) === truth,
  );
}

/** By how much the loss of an image differs, in nats. */
export function changeOfLoss({ first, second }: Pick<OutcomeChange, 'first' | 'second'>): number {
  return Math.abs(first.loss - second.loss);
}

function sideOf(isFirst: boolean, isSecond: boolean): 'bothRight' | 'onlyFirst' | 'onlySecond' | 'bothWrong' {
  if (isFirst) return isSecond ? 'bothRight' : 'onlyFirst';
  return isSecond ? 'onlySecond' : 'bothWrong';
}

/** Which of the images that change sides are wanted. */
export interface ChangeFilter extends ClassFilter {
  readonly right: OutcomeChange['right'] | null;
}

/** Those of a true class, that the network which is wrong takes for another, and that one of the two gets right. */
export function filterChanges(
  changes: readonly OutcomeChange[],
  { truth, predicted, right }: ChangeFilter,
): OutcomeChange[] {
  return changes.filter(
    (each) =>
      (truth === null || each.truth === truth) &&
      (predicted === null || wrongPrediction(each) === predicted) &&
      (right === null || each.right === right),
  );
}

/** What the network predicts that gets the image wrong. */
export function wrongPrediction({ right, first, second }: OutcomeChange): number {
  return right === 'first' ? second.predicted : first.predicted;
}

function predictionIn({ ofSecond }: CommonClasses, { predicted, loss }: Outcome): Prediction {
  return { predicted: ofSecond(predicted), loss };
}

function backwards({ ofSecond }: CommonClasses, count: number): ComparedOutcomes['ofSecond'] {
  if (count === 0) return (common) => common;
  const own = new Map(Array.from({ length: count }, (_, place) => [ofSecond(place), place]));
  return (common) => own.get(common) ?? null;
}

/** What the second predicts for the images of the first, in their order. @throws Problem `usage` */
function inOrderOf(first: ImageOutcomes, second: ImageOutcomes): ImageOutcomes {
  if (first.data.hash === second.data.hash) return second;
  const byFile = new Map(second.outcomes.map((each) => [second.files?.[each.image], each]));
  const outcomes = first.outcomes.map(({ image }) => byFile.get(first.files?.[image] ?? ''));
  const isSame = first.data.name === second.data.name && outcomes.length === second.outcomes.length;
  const known = outcomes.filter((each) => each !== undefined);
  if (!isSame || known.length < outcomes.length) requireSameData(first, second);
  return { ...second, outcomes: known };
}

/** @throws Problem `usage` */
function requireSameClasses(first: ImageOutcomes, second: ImageOutcomes): CommonClasses {
  const common = commonClasses(first, second);
  const fact = `What ${first.network} and ${second.network} predict was kept for different images (${first.outcomes.length} and ${second.outcomes.length} of ${first.data.name}): recompute the outcomes of one`;
  if (common === null)
    throw new Problem('usage', `${fact}, \`analyze ID --methods outcomes --recompute\`.`, {
      fact: `${fact}.`,
    });
  return common;
}

/**
 * To be asked before anything is computed.
 * @throws Problem `usage` where two networks were tested on different images, with both
 */
export function requireSameData(
  first: Pick<ImageOutcomes, 'network' | 'data'>,
  second: Pick<ImageOutcomes, 'network' | 'data'>,
): void {
  if (first.data.hash === second.data.hash) return;
  const told = [first, second].map(
    ({ network, data }) => `${network} on ${data.name} (hash ${data.hash.slice(0, 8)})`,
  );
  throw new Problem(
    'usage',
    `These networks were tested on different images: ${told.join(', ')}. Only what they predict for the same images can be compared.`,
  );
}
