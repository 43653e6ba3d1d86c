import { basename } from 'node:path';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { answerWork } from '../../work/answer-work.ts';
import { alone } from '../alone.ts';
import type { Training, TrainingBatch } from '../engine.ts';
import { GuardedTraining } from '../guarded-training.ts';
import { initialState } from '../initial-state.ts';
import { readEngine } from '../installations/installation.ts';
import { openEngine } from '../open-engine.ts';
import { operationsFor } from '../precision.ts';
import { createTrainingProgram, programRecipe } from '../training-program.ts';
import { noiseBatch } from './noise-batch.ts';
import { MEASURED_ENGINE, type MeasuredSubject, STEPS } from './steps-work.ts';

/** The first steps of a program compile it, and make ready what later ones use. */
const WARM_UP = 3;
/** However slow. */
const LEAST_STEPS = 3;

/** The program of a measuring process: trains as a trainer does, on noise. */
answerWork(STEPS, async () => {
  const folder = process.env[MEASURED_ENGINE] ?? '';
  const installation = readEngine(folder, basename(folder));
  if (installation === null) throw new Error(`no engine in ${folder}`);
  const engine = await openEngine(installation);
  let ready: {
    readonly key: string;
    readonly training: Training;
    readonly batch: TrainingBatch;
  } | null = null;

  const prepare = async (subject: MeasuredSubject): Promise<NonNullable<typeof ready>> => {
    const key = JSON.stringify(subject);
    if (ready?.key === key) return ready;
    const { network, recipe, input, classes } = subject;
    const graph = resolveNetwork(parseNetwork(network), { input, classes });
    const operations = operationsFor(engine, recipe.precision);
    const program = createTrainingProgram(graph, programRecipe(recipe), operations);
    const sizes = { training: recipe.batch, evaluation: recipe.batch };
    const training = alone(new GuardedTraining(engine, program, sizes));
    await training.writeState(initialState(program, 0));
    const batch = noiseBatch(graph, recipe.batch);
    for (let step = 0; step < WARM_UP; step++) await training.step(batch);
    return (ready = { key, training, batch });
  };

  return {
    about: null,
    work: async ({ milliseconds, ...subject }, { pause }) => {
      const { training, batch } = await prepare(subject);
      await pause();
      const began = performance.now();
      let steps = 0;
      while (steps < LEAST_STEPS || performance.now() - began < milliseconds) {
        await training.step(batch);
        steps++;
      }
      return { steps, seconds: (performance.now() - began) / 1000 };
    },
  };
});
