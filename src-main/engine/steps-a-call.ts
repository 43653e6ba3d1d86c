import type { SeveralSteps } from './engine.ts';

/**
 * Milliseconds that the steps of a call may take together: until it ends, a run is not paused and nothing is told of it. That is not
 * felt, and what a call costs the host, less than a millisecond, is nothing beside it.
 */
const LONGEST_CALL = 100;

/** How many steps the next call takes, from the time that those of the last one took. */
export class StepsACall {
  #aStep = Infinity;

  /** @param milliseconds of a call of so many steps */
  took(milliseconds: number, steps: number): void {
    this.#aStep = milliseconds / steps;
  }

  /** @param most that a call may take for any other reason */
  next(most: number): number {
    return Math.max(1, Math.min(most, Math.floor(LONGEST_CALL / this.#aStep)));
  }
}

/** Takes steps in one call; one by one where a call takes one. */
export async function takeSteps<Batch, Result>(
  training: {
    readonly step: (batch: Batch) => Promise<Result>;
    readonly several: SeveralSteps<Batch, Result> | null;
  },
  batches: readonly Batch[],
): Promise<Result[]> {
  const [first] = batches;
  if (training.several !== null) return training.several.steps(batches);
  if (first === undefined || batches.length > 1) throw new Error('a call takes one step');
  return [await training.step(first)];
}
