import type { StepPoint } from './measured-values.ts';

export interface MeanSpeed {
  readonly imagesPerSecond: number;
  readonly dataWaitShare: number;
}

/** Over the time of some steps of one run: a single one says little. Null without any. */
export function meanSpeed(steps: readonly Pick<StepPoint, keyof MeanSpeed>[]): MeanSpeed | null {
  if (steps.length === 0) return null;
  let took = 0;
  let waited = 0;
  for (const { imagesPerSecond, dataWaitShare } of steps) {
    const seconds = 1 / imagesPerSecond;
    took += seconds;
    // a share of both
    waited += (seconds * dataWaitShare) / (1 - dataWaitShare);
  }
  return { imagesPerSecond: steps.length / took, dataWaitShare: waited / (took + waited) };
}
