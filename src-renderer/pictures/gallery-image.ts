import type { OutcomeChange } from '../../src-shared/analysis/outcome-changes.ts';
import type { Outcome } from '../../src-shared/analysis/outcomes.ts';

/** An image with what one or two networks predict for it. */
export interface GalleryImage {
  /** Its place. */
  readonly image: number;
  readonly truth: number;
  readonly predictions: readonly {
    /** A letter for one of two networks; empty where there is only one. */
    readonly whose: string;
    readonly predicted: number;
    readonly loss: number;
  }[];
}

export function ofOutcome({ image, truth, predicted, loss }: Outcome): GalleryImage {
  return { image, truth, predictions: [{ whose: '', predicted, loss }] };
}

/** Two networks, by their letters. */
export const LETTERS = ['A', 'B'] as const;

export function ofChange({ image, truth, first, second }: OutcomeChange): GalleryImage {
  const [one, other] = LETTERS;
  return {
    image,
    truth,
    predictions: [
      { whose: one, ...first },
      { whose: other, ...second },
    ],
  };
}
