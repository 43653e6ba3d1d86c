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

/** What a step is given, whichever stretch of the run takes it. */
export function stepInputs(
  { specification: { recipe, seed }, totalSteps, stepsPerEpoch }: PreparedRun,
  batch: Batch,
): TrainingBatch {
  const learningRate = learningRateAt(recipe, batch.step, totalSteps, stepsPerEpoch);
  return { ...batch, learningRate, seed: hashWords([seed], 1) | 0 };
}

/**
 * Takes one step and tells of it.
 * @param waited milliseconds that it waited for its batch
 * @throws Diverged
 */
export async function trainStep(run: ActiveRun, batch: Batch, waited: number): Promise<void> {
  const { specification, prepared, carried, recorder, time, usage, log, tell } = run;
  const { step } = batch;
  const given = stepInputs(run, batch);
  if (recorder.isDue(step)) {
    time.turnTo('recordingSeconds');
    await recorder.look(given);
  }
  // a program that a run before has compiled takes its first step like any other
  const isRecorded = prepared.guarded.mode === null;
  time.turnTo(isRecorded ? 'firstStepSeconds' : 'stepSeconds');
  const result = await prepared.training.step(given);
  const took = time.turnTo('otherSeconds');
  if (step === 0) tellStarted(run);
  let histograms: StepHistograms | null = null;
  if (recorder.isDue(step)) {
    time.turnTo('recordingSeconds');
    histograms = await recorder.result();
    tell({ type: 'histograms', histograms });
    time.turnTo('otherSeconds');
  }
  const size = specification.recipe.batch;
  const point = pointOf(given, result, size, { took, waited });
  if (!Number.isFinite(result.loss)) throw new Diverged(step + 1, divergence(point, carried));
  carried.step = step + 1;
  carried.epoch = withStep(carried.epoch, result, size);
  carried.firstPoint ??= point;
  carried.lastPoint = point;
  carried.lastHistograms = histograms;
  if (!isRecorded) run.timed.steps += 1;
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
  { took, waited }: { readonly took: number; readonly waited: number },
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
