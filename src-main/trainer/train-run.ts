import { lossText, significant } from '../../src-shared/numbers.ts';
import type {
  RunResult,
  RunSpecification,
  TrainingProgress,
} from '../../src-shared/studies/trainer-protocol.ts';
import type { EpochPoint, StepPoint } from '../../src-shared/metrics/measured-values.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { timeMetrics, type TimeMetric } from '../../src-shared/metrics/metrics.ts';
import { hashWords } from '../../src-shared/random.ts';
import { isKeptEpoch, recordingsOf } from '../../src-shared/studies/recordings.ts';
import { learningRateAt } from '../../src-shared/studies/learning-rate.ts';
import { evaluationBytes, openByteSource } from '../datasets/byte-batches.ts';
import type { CheckpointKind } from '../checkpoints/checkpoints.ts';
import { openBatchSource, type Batch, type BatchSource } from '../datasets/batch-source.ts';
import type { ImagePart } from '../datasets/dataset.ts';
import { readDescription } from '../datasets/description-file.ts';
import { allIndices, filledBatches } from '../datasets/evaluation-batches.ts';
import type { StepResult } from '../engine/engine.ts';
import { initialState } from '../engine/initial-state.ts';
import type { Pause } from '../work/answer-work.ts';
import { classAccuracies, evaluatePart, type PartResult } from './evaluate-part.ts';
import { Diverged } from './failures.ts';
import { HistogramRecorder } from './histogram-recorder.ts';
import { prepareRun, type PreparedRun } from './prepare-run.ts';
import { EpochMeans, StepLog } from './step-log.ts';
import { Stopwatch } from './stopwatch.ts';
import type { TrainingCache } from './training-cache.ts';
import { UsageLog } from './usage-log.ts';

export interface RunContext {
  readonly cache: TrainingCache;
  readonly tell: (progress: TrainingProgress) => void;
  readonly pause: Pause;
}

/**
 * Trains one network with one seed and measures it: validation after each epoch, the test part once at the end.
 *
 * @throws Problem, Diverged, what `pause` throws, or what the engine does
 */
export async function trainRun(specification: RunSpecification, context: RunContext): Promise<RunResult> {
  const { tell } = context;
  const time = new Stopwatch(timeMetrics, 'loadingSeconds');
  const usage = new UsageLog(tell, time);
  const pause = (): Promise<void> => {
    usage.tellNowAndThen();
    return context.pause();
  };
  tell({ type: 'phase', phase: 'loading the data' });
  // what is told goes out before the work that lets nothing out
  await pause();
  const run = prepareRun(specification, context.cache);
  if (specification.goOn) tell({ type: 'going on', step: 0, note: 'there is no resume checkpoint' });
  const { recipe, seed } = specification;
  const { program, training } = run.prepared;
  const { part, pictures, split, statistics } = run.data;
  const plan = { part, pictures, indices: split.training, recipe, seed, statistics };
  const source =
    program.fromBytes === null
      ? openBatchSource({ ...plan, thread: context.cache.batchThread })
      : openByteSource(plan, program.fromBytes.hold);
  const recorder = new HistogramRecorder(run, source.totalSteps, pause);
  try {
    time.turnTo('firstStepSeconds');
    const initial = initialState(program, seed);
    await training.writeState(initial);
    time.turnTo('checkpointSeconds');
    await run.checkpoints.write('initial', initial, 0);
    time.turnTo('otherSeconds');
    tell({ type: 'phase', phase: 'recording the first step' });
    await pause();
    const timed = { ...context, pause, time, usage };
    const epochs = await trainEpochs(run, source, { ...timed, recorder });
    return await finish(run, source, epochs, timed);
  } finally {
    recorder.close();
    await Promise.allSettled([source.close(), run.checkpoints.settled()]);
  }
}

interface TimedContext extends RunContext {
  /** Where nothing else is said, its time is `otherSeconds`. */
  readonly time: Stopwatch<TimeMetric>;
  readonly usage: UsageLog;
}

interface Training {
  readonly last: EpochPoint;
  readonly best: number | null;
  readonly startedAt: number;
  /** Without one that was recorded. */
  readonly timedSteps: number;
}

async function trainEpochs(
  run: PreparedRun,
  source: BatchSource,
  { tell, pause, time, usage, recorder }: TimedContext & { readonly recorder: HistogramRecorder },
): Promise<Training> {
  const { specification, prepared, checkpoints } = run;
  const { recipe, seed } = specification;
  const record = recordingsOf(specification);
  const log = new StepLog(tell);
  const startedAt = performance.now();
  const dropoutSeed = hashWords([seed], 1) | 0;
  let best: number | null = null;
  let point: EpochPoint | null = null;
  let epoch = new EpochMeans();
  let timedSteps = 0;
  /** Milliseconds that the step waited for its batch; of the first one that is loading. */
  let waited = 0;
  const take = (part: TimeMetric): Batch | null => {
    time.turnTo(part);
    const batch = source.take();
    const took = time.turnTo('otherSeconds');
    waited = part === 'waitingSeconds' ? took : 0;
    return batch;
  };
  for (let batch = take('loadingSeconds'); batch !== null; batch = take('waitingSeconds')) {
    const { step } = batch;
    const learningRate = learningRateAt(recipe, step, source.totalSteps, source.stepsPerEpoch);
    // a program that a run before has compiled takes its first step like any other
    const given = { ...batch, learningRate, seed: dropoutSeed };
    if (recorder.isDue(step)) {
      time.turnTo('recordingSeconds');
      await recorder.look(given);
    }
    const isRecorded = prepared.training.mode === null;
    if (!isRecorded) timedSteps += 1;
    time.turnTo(isRecorded ? 'firstStepSeconds' : 'stepSeconds');
    const result = await prepared.training.step(given);
    const took = time.turnTo('otherSeconds');
    if (step === 0) tellStarted(run, source, tell);
    if (recorder.isDue(step)) {
      time.turnTo('recordingSeconds');
      tell({ type: 'histograms', histograms: await recorder.result() });
      time.turnTo('otherSeconds');
    }
    const reached = pointOf(batch, result, learningRate, recipe.batch, { took, waited });
    if (!Number.isFinite(result.loss)) {
      log.flush();
      throw new Diverged(step + 1, divergence(reached, log));
    }
    epoch.add(result, recipe.batch);
    usage.addImages(recipe.batch);
    log.add(reached);
    await pause().catch((error: unknown) => {
      log.flush();
      throw error;
    });
    if ((step + 1) % source.stepsPerEpoch !== 0) continue;
    // that the steps are over is known while the validation lasts
    log.flush();
    time.turnTo('evaluationSeconds');
    const validation = await validate(run, step + 1, pause);
    time.turnTo('otherSeconds');
    point = {
      epoch: batch.epoch + 1,
      step: step + 1,
      seconds: (performance.now() - startedAt) / 1000,
      trainingLoss: epoch.loss,
      trainingAccuracy: epoch.accuracy,
      trainingTop5: epoch.top5,
      validationLoss: validation?.loss ?? null,
      validationAccuracy: validation?.accuracy ?? null,
      validationTop5: validation?.top5 ?? null,
    };
    tell({ type: 'epoch', point });
    epoch = new EpochMeans();
    const kept: CheckpointKind[] = [];
    if (validation !== null && validation.accuracy > (best ?? -1)) {
      best = validation.accuracy;
      kept.push('best');
    }
    if (isKeptEpoch(record, point.epoch, recipe.epochs)) kept.push(`epoch-${point.epoch}`);
    if (kept.length === 0) continue;
    time.turnTo('checkpointSeconds');
    const state = await prepared.training.readState();
    for (const kind of kept) await checkpoints.write(kind, state, step + 1);
    time.turnTo('otherSeconds');
  }
  if (point === null) throw new Error('a run has at least one epoch');
  return { last: point, best, startedAt, timedSteps };
}

/** `the training loss was NaN at step 85 (learning rate 28.8); it was 4.43e+10 at step 84 and 2.300 at step 1`. */
function divergence({ step, loss, learningRate }: StepPoint, { first, last }: StepLog): string {
  const before = [...new Set([last, first])].flatMap((point) =>
    point === null ? [] : [`${lossText(point.loss)} at step ${point.step}`],
  );
  const course = before.length === 0 ? '' : `; it was ${before.join(' and ')}`;
  return `the training loss was ${loss} at step ${step} (learning rate ${significant(learningRate, 3)})${course}`;
}

function tellStarted(run: PreparedRun, source: BatchSource, tell: RunContext['tell']): void {
  const mode = run.prepared.training.mode;
  if (mode === null) throw new Error('the mode is known after the first step');
  tell({
    type: 'started',
    dataHash: run.data.dataset.description.hash,
    totalSteps: source.totalSteps,
    stepsPerEpoch: source.stepsPerEpoch,
    mode: mode.mode,
    modeReason: mode.mode === 'eager' ? mode.reason : null,
  });
}

function pointOf(
  batch: Batch,
  { loss, correct }: StepResult,
  learningRate: number,
  size: number,
  { took, waited }: { readonly took: number; readonly waited: number },
): StepPoint {
  return {
    step: batch.step + 1,
    loss,
    accuracy: correct / size,
    learningRate,
    imagesPerSecond: (size / took) * 1000,
    dataWaitShare: waited / (waited + took),
  };
}

async function validate(run: PreparedRun, step: number, pause: Pause): Promise<PartResult | null> {
  if (run.data.split.validation.length === 0) return null;
  return evaluateOn(run, 'validation', run.data.part, run.data.split.validation, step, pause);
}

/** @throws Diverged if the weights that the training left behind give no finite loss */
async function evaluateOn(
  run: PreparedRun,
  name: 'validation' | 'test',
  part: ImagePart,
  indices: Uint32Array,
  step: number,
  pause: Pause,
): Promise<PartResult> {
  const { batch } = run.specification.recipe;
  const { training, program } = run.prepared;
  const { statistics } = run.data;
  const batches =
    program.fromBytes === null
      ? filledBatches(part, indices, batch, statistics)
      : evaluationBytes(part, indices, batch, statistics, program.fromBytes.hold);
  const result = await evaluatePart(training, batches, program.graph.classes, pause);
  if (!Number.isFinite(result.loss))
    throw new Diverged(step, `the ${name} loss was ${result.loss} after step ${step}`);
  return result;
}

/** @throws Problem `data-invalid` if the data set has been replaced since the run began */
function readTest({ data: { dataset } }: PreparedRun): ImagePart {
  const { name, hash } = dataset.description;
  if (readDescription(dataset.folder).hash !== hash)
    throw new Problem(
      'data-invalid',
      `the data set ${name} was replaced during the run; start the study again`,
    );
  return dataset.readTest();
}

async function finish(
  run: PreparedRun,
  source: BatchSource,
  training: Training,
  { tell, pause, time }: TimedContext,
): Promise<RunResult> {
  const { last, best, startedAt, timedSteps } = training;
  time.turnTo('checkpointSeconds');
  const state = await run.prepared.training.readState();
  await run.checkpoints.write('last', state, source.totalSteps);
  await run.checkpoints.writeOptimizer(state, source.totalSteps);
  time.turnTo('evaluationSeconds');
  tell({ type: 'phase', phase: 'testing' });
  const part = readTest(run);
  const test = await evaluateOn(run, 'test', part, allIndices(part), source.totalSteps, pause);
  time.turnTo('checkpointSeconds');
  await run.checkpoints.settled();
  const seconds = time.seconds();
  const { stepSeconds, waitingSeconds } = seconds;
  const images = timedSteps * run.specification.recipe.batch;
  return {
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    testTop5: test.top5,
    validationLoss: last.validationLoss,
    validationAccuracy: last.validationAccuracy,
    bestValidationAccuracy: best,
    trainingLoss: last.trainingLoss,
    trainingAccuracy: last.trainingAccuracy,
    confusion: test.confusion,
    classAccuracy: classAccuracies(test.confusion),
    seconds: (performance.now() - startedAt) / 1000,
    // a run of a single step that was recorded has nothing to measure
    imagesPerSecond: stepSeconds > 0 ? images / stepSeconds : 0,
    dataWaitShare: stepSeconds > 0 ? waitingSeconds / (stepSeconds + waitingSeconds) : 0,
    ...seconds,
    preparationSeconds: source.preparationSeconds,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    artifacts: run.checkpoints.artifacts,
  };
}
