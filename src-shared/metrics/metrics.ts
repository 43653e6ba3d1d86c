import { namesOf, type PointMetric, type RunMetricDescription } from './metric.ts';

/**
 * All that is measured. A new metric is an entry of one of these tables, and the place in the trainer where it is measured;
 * the order is that of columns, exports and charts.
 */

const LOSS = { kind: 'number', range: 'not negative', better: 'lower' } as const;
const ACCURACY = { kind: 'share', better: 'higher' } as const;
const SPEED = { kind: 'number', range: 'not negative', better: 'higher', part: null } as const;
const WAIT = {
  title: 'share of time waiting for data',
  short: 'data wait',
  kind: 'share',
  better: 'lower',
  part: null,
} as const;

/** Of each training step, as the step sees its batch. Loss includes label smoothing but not weight decay. */
export const STEP_METRICS = {
  loss: { title: 'step loss', ...LOSS, part: 'training', chart: 'loss', isSummarized: true },
  accuracy: { title: 'step accuracy', ...ACCURACY, part: 'training', chart: 'accuracy', isSummarized: true },
  learningRate: {
    ...{ title: 'learning rate', kind: 'number', range: 'not negative', better: null, part: null },
    ...{ chart: 'learning rate', isSummarized: false, isScheduled: true },
  },
  imagesPerSecond: {
    ...{ title: 'images per second', ...SPEED, chart: 'images per second', isSummarized: false },
  },
  /** Of the time from the end of the step before to its own, in which it waited for its batch. */
  dataWaitShare: { ...WAIT, chart: 'share of time waiting for data', isSummarized: false },
} as const satisfies Readonly<Record<string, PointMetric>>;

const OF_LOSS = { ...LOSS, chart: 'loss', isSummarized: true } as const;
const OF_ACCURACY = { ...ACCURACY, chart: 'accuracy', isSummarized: true } as const;
const OF_TOP5 = { ...ACCURACY, chart: 'top-5 accuracy', isSummarized: true } as const;

/** Of each epoch: of training the means over its steps, of validation after the last one. */
export const EPOCH_METRICS = {
  trainingLoss: { title: 'training loss', ...OF_LOSS, part: 'training' },
  trainingAccuracy: { title: 'training accuracy', short: 'training', ...OF_ACCURACY, part: 'training' },
  trainingTop5: { title: 'training top-5 accuracy', short: 'training top 5', ...OF_TOP5, part: 'training' },
  validationLoss: { title: 'validation loss', ...OF_LOSS, part: 'validation' },
  validationAccuracy: {
    title: 'validation accuracy',
    short: 'validation',
    ...OF_ACCURACY,
    part: 'validation',
  },
  validationTop5: {
    ...{ title: 'validation top-5 accuracy', short: 'validation top 5', ...OF_TOP5, part: 'validation' },
  },
} as const satisfies Readonly<Record<string, PointMetric>>;

const TIME = { kind: 'duration', better: null, part: null } as const;

/** Where the time of a run went in its trainer, from its task to its result: together they are all of it. */
export const TIME_METRICS = {
  /** Also until the first batch is ready. */
  loadingSeconds: { title: 'time loading the data', short: 'loading', ...TIME },
  /** Initial weights, recording, compiling and checking. A warm trainer that had the same network before has done it. */
  firstStepSeconds: { title: 'time of the first step', short: 'first step', ...TIME },
  waitingSeconds: { title: 'time waiting for batches', short: 'waiting', ...TIME },
  /** All but the first. */
  stepSeconds: { title: 'time in steps', short: 'steps', ...TIME },
  evaluationSeconds: { title: 'time in evaluation', short: 'evaluation', ...TIME },
  checkpointSeconds: { title: 'time writing checkpoints', short: 'checkpoints', ...TIME },
  /** Of histograms, where the study has them. */
  recordingSeconds: { title: 'time recording histograms', short: 'histograms', ...TIME },
  /** Messages and what is between the others. */
  otherSeconds: { title: 'other time', short: 'other', ...TIME },
} as const satisfies Readonly<Record<string, RunMetricDescription>>;
export type TimeMetric = keyof typeof TIME_METRICS;
export const timeMetrics = namesOf(TIME_METRICS);

/** Of a run that has ended, first those that are asked for most. */
export const RUN_METRICS = {
  testAccuracy: {
    ...{ title: 'test accuracy', short: 'accuracy', aliases: ['accuracy'] },
    ...{ ...ACCURACY, part: 'test', judge: 'validationAccuracy' },
  },
  testTop5: {
    ...{ title: 'test top-5 accuracy', short: 'top 5', aliases: ['top5'] },
    ...{ ...ACCURACY, part: 'test', judge: 'last.validationTop5' },
  },
  /** Mean recall over the classes. */
  testBalancedAccuracy: {
    ...{ title: 'balanced test accuracy', short: 'balanced', aliases: ['balanced'] },
    ...{ ...ACCURACY, part: 'test', judge: 'validationAccuracy' },
    derive: ({ balance }) => balance?.balancedAccuracy ?? null,
  },
  testMacroF1: {
    ...{ title: 'test macro F1', short: 'macro F1', aliases: ['f1'] },
    ...{ ...ACCURACY, part: 'test', judge: 'validationAccuracy' },
    derive: ({ balance }) => balance?.macroF1 ?? null,
  },
  testLoss: { title: 'test loss', aliases: ['loss'], ...LOSS, part: 'test', judge: 'validationLoss' },
  validationAccuracy: { title: 'validation accuracy', short: 'validation', ...ACCURACY, part: 'validation' },
  bestValidationAccuracy: {
    ...{ title: 'best validation accuracy', short: 'best validation', ...ACCURACY, part: 'validation' },
  },
  validationLoss: { title: 'validation loss', ...LOSS, part: 'validation' },
  trainingAccuracy: { title: 'training accuracy', short: 'training', ...ACCURACY, part: 'training' },
  trainingLoss: { title: 'training loss', ...LOSS, part: 'training' },
  /** Over all steps but the first, which compiles. */
  imagesPerSecond: { title: 'images per second', short: 'images/s', aliases: ['speed'], ...SPEED },
  /** Of the training time, in which a step waited for its data. */
  dataWaitShare: WAIT,
  ...TIME_METRICS,
  /** CPU time of the threads that prepare batches beside the steps. */
  preparationSeconds: { title: 'CPU time preparing batches', short: 'preparing', ...TIME },
  /** The most that the trainer's process has held so far, earlier runs of a warm trainer included. */
  peakMemoryBytes: {
    ...{
      title: 'peak memory',
      short: 'memory',
      aliases: ['memory'],
      kind: 'bytes',
      better: 'lower',
      part: null,
    },
  },
  /** Shares of the test images that are of the class with the most, and of that with the fewest. */
  testLargestClass: {
    ...{ title: 'largest class of the test part', short: 'largest class' },
    ...{ kind: 'share', better: null, part: 'test' },
    derive: ({ balance }) => balance?.largestClass ?? null,
  },
  testSmallestClass: {
    ...{ title: 'smallest class of the test part', short: 'smallest class' },
    ...{ kind: 'share', better: null, part: 'test' },
    derive: ({ balance }) => balance?.smallestClass ?? null,
  },
} as const satisfies Readonly<Record<string, RunMetricDescription>>;

/** What has a curve, by its name: no metric of steps is called as one of epochs. */
export const CURVE_METRICS = { ...EPOCH_METRICS, ...STEP_METRICS };
export type CurveMetric = keyof typeof CURVE_METRICS;
export const curveMetrics = namesOf(CURVE_METRICS);

export type RunMetric = keyof typeof RUN_METRICS;
export const runMetrics = namesOf(RUN_METRICS);

/** Whether a curve has a point each step, and not each epoch. */
export function isOfSteps(metric: string): boolean {
  return metric in STEP_METRICS;
}

/** Those of a run that its trainer measures. */
type MeasuredMetrics = {
  readonly [
    Name in RunMetric as (typeof RUN_METRICS)[Name] extends { readonly derive: unknown } ? never : Name
  ]: (typeof RUN_METRICS)[Name];
};
export const MEASURED_METRICS = Object.fromEntries(
  Object.entries(RUN_METRICS).filter(([, metric]) => !('derive' in metric)),
) as MeasuredMetrics;
