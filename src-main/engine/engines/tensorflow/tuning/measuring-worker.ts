import { basename } from 'node:path';
import { answerWork } from '../../../../work/answer-work.ts';
import { alone } from '../../../alone.ts';
import { compileProgram } from '../../../compile-program.ts';
import type { Training, TrainingBatch } from '../../../engine.ts';
import { initialState } from '../../../initial-state.ts';
import { readEngine } from '../../../installations/installation.ts';
import { noiseBatch } from '../../../measuring/noise-batch.ts';
import { MEASURED_ENGINE } from '../../../measuring/steps-work.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../training-program.ts';
import { openTensorFlow } from '../open.ts';
import { MEASURED_BATCH, measuredGraph } from './measured-networks.ts';
import { MEASURING } from './measuring-work.ts';

/** The first steps of a program make ready what later ones use. */
const WARM_UP = 3;
/** Of each variant at least, however slow. */
const LEAST_STEPS = 4;

/** The program of a measuring process: trains an engine's networks in the environment that it was given. */
answerWork(MEASURING, () => {
  const folder = process.env[MEASURED_ENGINE] ?? '';
  const installation = readEngine(folder, basename(folder));
  if (installation === null) throw new Error(`no engine in ${folder}`);
  const engine = openTensorFlow(installation);
  const trainings = new Map<string, Training>();

  /** What was compiled for a variant before serves again. */
  const trainingOf = async (network: string, without: readonly string[]): Promise<Training> => {
    const key = JSON.stringify([network, without]);
    const training = trainings.get(key) ?? (await compile(network, without));
    trainings.set(key, training);
    return training;
  };

  const compile = async (network: string, without: readonly string[]): Promise<Training> => {
    const operations = engine.operationsWithout(without);
    const program = createTrainingProgram(measuredGraph(network), DEFAULT_RECIPE, operations);
    const sizes = { training: MEASURED_BATCH, evaluation: MEASURED_BATCH };
    const training = alone(await compileProgram(engine, program, sizes));
    await training.writeState(initialState(program, 0));
    const batch = noiseBatch(program.graph, MEASURED_BATCH);
    for (let i = 0; i < WARM_UP; i++) await training.step(batch);
    return training;
  };

  return {
    about: { hasOwnKernels: engine.hasOwnKernels },
    work: async ({ network, variants, milliseconds }, { pause }) => {
      const compared: Training[] = [];
      for (const without of variants) {
        compared.push(await trainingOf(network, without));
        await pause();
      }
      const times = await inTurns(
        compared,
        noiseBatch(measuredGraph(network), MEASURED_BATCH),
        milliseconds,
        pause,
      );
      return { times };
    },
  };
});

/** The times of each one's steps, which are taken one after the other, so that what else the machine does meets all alike. */
async function inTurns(
  trainings: readonly Training[],
  batch: TrainingBatch,
  milliseconds: number,
  pause: () => Promise<void>,
): Promise<number[][]> {
  const times: number[][] = trainings.map(() => []);
  const end = performance.now() + milliseconds;
  for (let step = 0; step < LEAST_STEPS || performance.now() < end; step++) {
    for (const [index, training] of trainings.entries()) {
      const began = performance.now();
      await training.step(batch);
      times[index]?.push(performance.now() - began);
    }
    await pause();
  }
  return times;
}
