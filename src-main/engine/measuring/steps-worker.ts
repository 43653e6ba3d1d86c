import { basename } from 'node:path';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { answerWork } from '../../work/answer-work.ts';
import type { FusedTraining, TrainingBatch } from '../engine.ts';
import { GuardedTraining } from '../guarded-training.ts';
import { initialState } from '../initial-state.ts';
import { readEngine } from '../installations/installation.ts';
import { openToTrain } from '../open-engine.ts';
import { operationsFor } from '../precision.ts';
import { createTrainingProgram, programRecipe } from '../training-program.ts';
import { variesAsBytes } from '../../../src-shared/studies/recipe.ts';
import { StepsACall, takeSteps } from '../steps-a-call.ts';
import { noiseBatch, noiseBytes } from './noise-batch.ts';
import { MEASURED_ENGINE, STEPS, type StepsTask } from './steps-work.ts';

/** The first steps of a program compile it, and make ready what later ones use. */
const WARM_UP = 3;
/** However slow. */
const LEAST_STEPS = 3;

/** The program of a measuring process: trains as a trainer does, on noise. */
answerWork(STEPS, async () => {
  const folder = process.env[MEASURED_ENGINE] ?? '';
  const installation = readEngine(folder, basename(folder));
  if (installation === null) throw new Error(`no engine in ${folder}`);
  const engine = await openToTrain(installation);
  let ready: {
    readonly key: string;
    readonly training: FusedTraining;
    readonly batches: readonly TrainingBatch[];
    readonly letGo: () => void;
  } | null = null;

  const prepare = async (subject: Omit<StepsTask, 'milliseconds'>): Promise<NonNullable<typeof ready>> => {
    const key = JSON.stringify(subject);
    if (ready?.key === key) return ready;
    const { network, recipe, input, classes, networks } = subject;
    const graph = resolveNetwork(parseNetwork(network), { input, classes });
    const operations = operationsFor(engine, recipe.precision);
    const fromBytes = variesAsBytes(recipe.augment) ? engine.imagesFromBytes : null;
    const program = createTrainingProgram(graph, programRecipe(recipe), operations, fromBytes, networks);
    const sizes = { training: recipe.batch, evaluation: recipe.batch };
    const training = new GuardedTraining(engine, program, sizes);
    ready?.letGo();
    const { batch, letGo } = fromBytes
      ? noiseBytes(graph, recipe.batch, fromBytes)
      : { batch: noiseBatch(graph, recipe.batch), letGo: () => undefined };
    const batches = Array.from({ length: networks }, (_, seed) => ({ ...batch, seed }));
    await training.writeState(batches.map(({ seed }) => initialState(program, seed)));
    for (let step = 0; step < WARM_UP; step++) await training.step(batches);
    return (ready = { key, training, batches, letGo });
  };

  return {
    about: null,
    work: async ({ milliseconds, ...subject }, { pause }) => {
      const { training, batches } = await prepare(subject);
      await pause();
      const began = performance.now();
      const pace = new StepsACall();
      let steps = 0;
      while (steps < LEAST_STEPS || performance.now() - began < milliseconds) {
        const count = pace.next(training.several?.most ?? 1);
        const callBegan = performance.now();
        await takeSteps(training, Array<typeof batches>(count).fill(batches));
        pace.took(performance.now() - callBegan, count);
        steps += count;
      }
      return { steps, seconds: (performance.now() - began) / 1000 };
    },
  };
});
