import { median } from 'd3-array';
import type { Engine, FusedTraining, TrainingBatch } from '../../../src-main/engine/engine.ts';
import { GuardedTraining } from '../../../src-main/engine/guarded-training.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { noiseBatch, noiseBytes } from '../../../src-main/engine/measuring/noise-batch.ts';
import { operationsFor } from '../../../src-main/engine/precision.ts';
import { StepsACall, takeSteps } from '../../../src-main/engine/steps-a-call.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Precision } from '../../../src-shared/studies/recipe.ts';

/** The first steps make ready what later ones use. */
const WARM_UP = 3;
const LEAST_CALLS = 3;

/** A training on images of noise whose steps are timed. */
export interface TimedTraining {
  /** The loss of each network at its first step. */
  readonly firstLosses: readonly number[];
  /** From the beginning of the first step, in which a recorded step is compiled, to its end. */
  readonly firstStepSeconds: number;
  /** How many steps a call takes at most. */
  readonly mostSteps: number;
  /** Takes steps for so many seconds. @returns seconds of one, with what the host does for it: the median over the calls */
  secondsOfStep(seconds: number): Promise<number>;
  /** Takes a single step in a call of its own. */
  stepAlone(): Promise<void>;
  close(): void;
}

export interface StudyTraining {
  readonly graph: Graph;
  readonly batch: number;
  /** Default: float32. */
  readonly precision?: Precision;
  /** Side by side in one step; default: one. */
  readonly networks?: number;
}

/**
 * Trains as a study does: the recorded step, which makes the values of its images from bytes and takes several steps a call where the engine
 * does.
 * @throws Error if the step is not compiled
 */
export async function trainAsStudies(engine: Engine, training: StudyTraining): Promise<TimedTraining> {
  return trainRecorded(engine, training, engine.imagesFromBytes);
}

/** Trains with the recorded step, too, but is given the values of the images at each. @throws Error if the step is not compiled */
export async function trainFed(engine: Engine, training: StudyTraining): Promise<TimedTraining> {
  return trainRecorded(engine, training, null);
}

async function trainRecorded(
  engine: Engine,
  { graph, batch: size, precision = 'float32', networks = 1 }: StudyTraining,
  fromBytes: Engine['imagesFromBytes'],
): Promise<TimedTraining> {
  const recipe = { ...DEFAULT_RECIPE, precision };
  const operations = operationsFor(engine, precision);
  const program = createTrainingProgram(graph, recipe, operations, fromBytes, networks);
  const training = new GuardedTraining(engine, program, { training: size, evaluation: size });
  const { batch, letGo } = fromBytes
    ? noiseBytes(graph, size, fromBytes)
    : { batch: noiseBatch(graph, size), letGo: () => undefined };
  const batches = Array.from({ length: networks }, (_, seed) => ({ ...batch, seed }));
  await training.writeState(batches.map(({ seed }) => initialState(program, seed)));
  const timed = await timedTraining(training, batches);
  if (training.mode?.mode !== 'compiled')
    throw new Error(`the step was not compiled: ${training.mode?.reason ?? 'nothing was tried'}`);
  return { ...timed, close: () => (training.close(), letGo()) };
}

/** @param training with its first state; the same batches are taken again and again */
export async function timedTraining(
  training: FusedTraining,
  batches: readonly TrainingBatch[],
): Promise<TimedTraining> {
  const began = performance.now();
  const first = await training.step(batches);
  const firstStepSeconds = (performance.now() - began) / 1000;
  const pace = new StepsACall();
  /** @returns seconds of one of its steps */
  const call = async (): Promise<number> => {
    const count = pace.next(training.several?.most ?? 1);
    const callBegan = performance.now();
    await takeSteps(training, Array<typeof batches>(count).fill(batches));
    const milliseconds = performance.now() - callBegan;
    pace.took(milliseconds, count);
    return milliseconds / 1000 / count;
  };
  for (let step = 0; step < WARM_UP; step++) await call();
  return {
    firstLosses: first.map(({ loss }) => loss),
    firstStepSeconds,
    mostSteps: training.several?.most ?? 1,
    async secondsOfStep(seconds) {
      const times: number[] = [];
      const end = performance.now() + seconds * 1000;
      while (performance.now() < end || times.length < LEAST_CALLS) times.push(await call());
      return median(times) ?? Number.NaN;
    },
    async stepAlone() {
      await training.step(batches);
    },
    close: () => training.close(),
  };
}
