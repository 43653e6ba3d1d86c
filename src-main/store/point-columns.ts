import type { EpochPoint, StepPoint } from '../../src-shared/contract/trainer-protocol.ts';

/** Where the points of one axis live: the live table, and the column of each field. The first column orders them. */
export interface PointTable<Point> {
  readonly axis: 'step' | 'epoch';
  readonly table: 'step_points' | 'epoch_points';
  readonly columns: readonly (readonly [keyof Point & string, string])[];
}

export const STEP_POINTS: PointTable<StepPoint> = {
  axis: 'step',
  table: 'step_points',
  columns: [
    ['step', 'step'],
    ['loss', 'loss'],
    ['accuracy', 'accuracy'],
    ['learningRate', 'learning_rate'],
    ['imagesPerSecond', 'images_per_second'],
  ],
};

export const EPOCH_POINTS: PointTable<EpochPoint> = {
  axis: 'epoch',
  table: 'epoch_points',
  columns: [
    ['epoch', 'epoch'],
    ['step', 'step'],
    ['seconds', 'seconds'],
    ['trainingLoss', 'training_loss'],
    ['trainingAccuracy', 'training_accuracy'],
    ['trainingTop5', 'training_top5'],
    ['validationLoss', 'validation_loss'],
    ['validationAccuracy', 'validation_accuracy'],
    ['validationTop5', 'validation_top5'],
  ],
};
