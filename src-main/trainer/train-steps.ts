import { lossText, significant } from '../../src-shared/numbers.ts';
import type { StepHistograms } from '../../src-shared/metrics/layer-histograms.ts';
import type { StepPoint } from '../../src-shared/metrics/measured-values.ts';
import { hashWords } from '../../src-shared/random.ts';
import { learningRateAt } from '../../src-shared/studies/learning-rate.ts';
import type { Batch } from '../datasets/batch-source.ts';
import type { StepResult, TrainingBatch } from '../engine/engine.ts';
import { type ActiveRun, tellStarted } from './active-run.ts';
import type { Carried } from './carried.ts';
import { withStep } from './epoch-sums.ts';
import { Diverged } from './failures.ts';
import type { PreparedRun } from './prepare-run.ts';
import { takeSteps } from '../engine/steps-a-call.ts';

/** What a step is given, whichever stretch of the run takes it. */
export function stepInputs(
  { specification: { recipe, seed }, totalSteps, stepsPerEpoch }: PreparedRun,
  batch: Batch,
): TrainingBatch {
  const learningRate = learningRateAt(recipe, batch.step, totalSteps, stepsPerEpoch);
  const { weightDecay, labelSmoothing } = recipe;
  return { ...batch, learningRate, weightDecay, labelSmoothing, seed: hashWords([seed], 1) | 0 };
}

/**
 * Takes the steps of one call and tells of them.
 * @param batches several only where no step but the first is to be looked at
 * @param waited milliseconds that they waited for their batches
 * @throws Diverged, of the first step that does
 */
export async function trainSteps(run: ActiveRun, batches: readonly Batch[], waited: number): Promise<void> {
  const { prepared, recorder, stepsACall, time } = run;
  const given = batches.map((batch) => stepInputs(run, batch));
  const [first] = given;
  if (first === undefined) throw new Error('a call takes at least one step');
  const isLookedAt = recorder.isDue(first.step);
  if (isLookedAt) {
    time.turnTo('recordingSeconds');
    await recorder.look(first);
  }
  // a program that a run before has compiled takes its first step like any other
  const isRecorded = prepared.guarded.mode === null;
  time.turnTo(isRecorded ? 'firstStepSeconds' : 'stepSeconds');
  const results = await takeSteps(prepared.training, given);
  const took = time.turnTo('otherSeconds');
  if (!isRecorded) stepsACall.took(took, given.length);
  if (first.step === 0) tellStarted(run);
  const histograms = isLookedAt ? await tellHistograms(run) : null;
  const times = { took: took / given.length, waited: waited / given.length };
  for (const [at, batch] of given.entries()) {
    const result = results[at];
    if (result === undefined) throw new Error(`the call has no result of step ${batch.step}`);
    carry(run, batch, result, times, histograms);
    if (!isRecorded) run.timed.steps += 1;
  }
}

async function tellHistograms({ recorder, time, tell }: ActiveRun): Promise<StepHistograms> {
  time.turnTo('recordingSeconds');
  const histograms = await recorder.result();
  tell({ type: 'histograms', histograms });
  time.turnTo('otherSeconds');
  return histograms;
}

interface StepTimes {
  readonly took: number;
  readonly waited: number;
}

function carry(
  run: ActiveRun,
  batch: TrainingBatch,
  result: StepResult,
  times: StepTimes,
  histograms: StepHistograms | null,
): void {
  const { specification, carried, usage, log } = run;
  const size = specification.recipe.batch;
  const point = pointOf(batch, result, size, times);
  if (!Number.isFinite(result.loss)) throw new Diverged(batch.step + 1, divergence(point, carried));
  carried.step = batch.step + 1;
  carried.epoch = withStep(carried.epoch, result, size);
  carried.firstPoint ??= point;
  carried.lastPoint = point;
  carried.lastHistograms = histograms;
  usage.addImages(size);
  log.add(point);
}

/** `the training loss was NaN at step 85 (learning rate 28.8); it was 4.43e+10 at step 84 and 2.300 at step 1`. */
function divergence({ step, loss, learningRate }: StepPoint, { firstPoint, lastPoint }: Carried): string {
  const before = [...new Set([lastPoint, firstPoint])].flatMap((point) =>
    point === null ? [] : [`${lossText(point.loss)} at step ${point.step}`],
  );
  const course = before.length === 0 ? '' : `; it was ${before.join(' and ')}`;
  return `the training loss was ${loss} at step ${step} (learning rate ${significant(learningRate, 3)})${course}`;
}

function pointOf(
  { step, learningRate }: TrainingBatch,
  { loss, correct }: StepResult,
  size: number,
  { took, waited }: StepTimes,
): StepPoint {
  return {
    step: step + 1,
    loss,
    accuracy: correct / size,
    learningRate,
    imagesPerSecond: (size / took) * 1000,
    dataWaitShare: waited / (waited + took),
  };
}
