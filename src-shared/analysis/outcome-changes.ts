import { Problem } from '../mistakes/problem.ts';
import { type McNemarTest, mcnemarTest } from '../statistics/mcnemar-test.ts';
import type { ImageOutcomes, Outcome } from './outcomes.ts';

export type Prediction = Pick<Outcome, 'predicted' | 'loss'>;

/** An image that one of two networks gets right and the other wrong. */
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
}

/** @throws Problem `usage` where the images are not the same, with both */
export function compareOutcomes(first: ImageOutcomes, second: ImageOutcomes): ComparedOutcomes {
  requireSameImages(first, second);
  const counts = { bothRight: 0, onlyFirst: 0, onlySecond: 0, bothWrong: 0 };
  const changes: OutcomeChange[] = [];
  for (const [place, one] of first.outcomes.entries()) {
    const other = second.outcomes[place] ?? one;
    const { image, truth } = one;
    const [isFirst, isSecond] = [one.predicted === truth, other.predicted === truth];
    counts[sideOf(isFirst, isSecond)]++;
    if (isFirst !== isSecond)
      changes.push({
        ...{ image, truth, first: predictionOf(one), second: predictionOf(other) },
        right: isFirst ? 'first' : 'second',
      });
  }
  return {
    images: first.outcomes.length,
    ...counts,
    test: mcnemarTest(counts.onlyFirst, counts.onlySecond),
    changes: changes.toSorted((a, b) => changeOfLoss(b) - changeOfLoss(a) || a.image - b.image),
  };
}

/** By how much the loss of an image differs, in nats. */
export function changeOfLoss({ first, second }: Pick<OutcomeChange, 'first' | 'second'>): number {
  return Math.abs(first.loss - second.loss);
}

function sideOf(isFirst: boolean, isSecond: boolean): 'bothRight' | 'onlyFirst' | 'onlySecond' | 'bothWrong' {
  if (isFirst) return isSecond ? 'bothRight' : 'onlyFirst';
  return isSecond ? 'onlySecond' : 'bothWrong';
}

function predictionOf({ predicted, loss }: Outcome): Prediction {
  return { predicted, loss };
}

function requireSameImages(first: ImageOutcomes, second: ImageOutcomes): void {
  requireSameData(first, second);
  const isSame =
    first.outcomes.length === second.outcomes.length &&
    first.outcomes.every(({ truth }, place) => truth === second.outcomes[place]?.truth);
  if (!isSame)
    throw new Problem(
      'usage',
      `What ${first.network} and ${second.network} predict was kept for different images (${first.outcomes.length} and ${second.outcomes.length} of ${first.data.name}): recompute one with \`analyze ID --methods outcomes --recompute\`.`,
    );
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
