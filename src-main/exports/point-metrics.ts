import type { EpochPoint, StepPoint } from '../../src-shared/contract/trainer-protocol.ts';

/** What is measured at each step, in the order in which it is exported. */
export const STEP_METRICS = [
  'loss',
  'accuracy',
  'learningRate',
  'imagesPerSecond',
] as const satisfies readonly (keyof StepPoint)[];

/** What is measured at the end of each epoch; `seconds` since training began. */
export const EPOCH_METRICS = [
  'seconds',
  'trainingLoss',
  'trainingAccuracy',
  'trainingTop5',
  'validationLoss',
  'validationAccuracy',
  'validationTop5',
] as const satisfies readonly (keyof EpochPoint)[];
