/**
 * Run as a child process by tune.ts: opens an engine in the environment that it was given, trains each of the measured
 * networks for a while, and prints a line of JSON with the milliseconds of a step of each.
 *
 * usage: worker.ts FOLDER
 */
import { basename } from 'node:path';
import { median } from 'd3-array';
import { randomStream } from '../../../../../src-shared/random.ts';
import { initialState } from '../../../initial-state.ts';
import { readEngine } from '../../../installations/installation.ts';
import { createTrainingProgram } from '../../../training-program.ts';
import type { Training, TrainingBatch } from '../../../engine.ts';
import { openTensorFlow } from '../open.ts';
import { MEASURED_BATCH, measuredNetworks } from './measured-networks.ts';

const WARM_UP = 3;
const MILLISECONDS = 500;

const RECIPE = {
  optimizer: 'sgd',
  momentum: 0.9,
  nesterov: true,
  weightDecay: 5e-4,
  labelSmoothing: 0,
} as const;

const [folder = ''] = process.argv.slice(2);
const installation = readEngine(folder, basename(folder));
if (installation === null) throw new Error(`no engine in ${folder}`);
const engine = openTensorFlow(installation);

const steps: number[] = [];
for (const graph of measuredNetworks()) {
  const program = createTrainingProgram(graph, RECIPE, engine.operations);
  const training = await engine.compile?.(program, { training: MEASURED_BATCH, evaluation: MEASURED_BATCH });
  if (training === undefined) throw new Error('this engine has no compiler');
  await training.writeState(initialState(program, 0));
  const stream = randomStream(0, 'tuning');
  const pixels = graph.input.reduce((product, extent) => product * extent, MEASURED_BATCH);
  steps.push(
    await stepMilliseconds(training, {
      images: Float32Array.from({ length: pixels }, () => stream.normal()),
      labels: Int32Array.from({ length: MEASURED_BATCH }, (_, index) => index % graph.classes),
      learningRate: 1e-3,
      step: 0,
      seed: 0,
    }),
  );
  training.close();
}
console.log(JSON.stringify({ steps }));

/** The median. */
async function stepMilliseconds(training: Training, batch: TrainingBatch): Promise<number> {
  for (let i = 0; i < WARM_UP; i++) await training.step(batch);
  const times: number[] = [];
  const end = performance.now() + MILLISECONDS;
  while (performance.now() < end || times.length < WARM_UP) {
    const began = performance.now();
    await training.step(batch);
    times.push(performance.now() - began);
  }
  return median(times) ?? Number.NaN;
}
