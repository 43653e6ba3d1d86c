/** `node worker.ts NETWORK BATCH ROUNDS [KERNELS …]`: measures steps with and without our kernels, and prints a line of JSON. */
import assert from 'node:assert/strict';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { alone } from '../../../src-main/engine/alone.ts';
import { compileProgram } from '../../../src-main/engine/compile-program.ts';
import type { BatchSizes, Training } from '../../../src-main/engine/engine.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { noiseBatch } from '../../../src-main/engine/measuring/noise-batch.ts';
import type { Operations } from '../../../src-main/engine/operations.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { loadTensorFlow } from '../../../src-main/engine/engines/tensorflow/backend.ts';
import { trainingRecorder } from '../../../src-main/engine/engines/tensorflow/training-recorder.ts';
import { tensorFlowOperations } from '../../../src-main/engine/engines/tensorflow/operations.ts';
import { loadOwnKernels } from '../../../src-main/engine/engines/tensorflow/own-kernels.ts';
import { ownOperations } from '../../../src-main/engine/engines/tensorflow/own-operations.ts';
import { kernelsFile } from '../../../src-main/engine/engines/tensorflow/provisioning/kernel-sources.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type TrainingProgram,
} from '../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { benchNetwork } from '../shared/networks.ts';

export interface StepRatio {
  readonly network: string;
  readonly batch: number;
  readonly instructionSet: string;
  /** Medians, by variant. */
  readonly imagesPerSecond: Record<string, number>;
  /** Medians over the rounds of a variant's speed over that of TensorFlow's kernels. */
  readonly ratios: Record<string, number>;
}

const [network = '', batchText = '', rounds = '', ...names] = process.argv.slice(2);
const batch = Number(batchText);
const graph = resolveNetwork(parseNetwork(benchNetwork(network).network), {
  input: [32, 32, 3],
  classes: 10,
});
const installation = selectedEngine(kindlingHome());
const backend = loadTensorFlow(installation);
const kernels = loadOwnKernels(kernelsFile(installation), Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? 1));
assert('use' in kernels, 'there are no kernels of ours');

const theirs = tensorFlowOperations(backend);
const ours: Readonly<Record<string, Partial<Operations>>> = ownOperations(backend, theirs);
const variants: Readonly<Record<string, Partial<Operations>>> = {
  tensorflow: {},
  ...Object.fromEntries(names.map((name) => [name, ours[name] ?? {}])),
  all: Object.assign({}, ...Object.values(ours)) as Partial<Operations>,
};

const batchOfSteps = noiseBatch(graph, batch);

const engine = {
  recorder: (program: TrainingProgram, sizes: BatchSizes) =>
    trainingRecorder(backend, program, sizes, null, 1),
};
const trainings: [string, Training][] = [];
for (const [name, operations] of Object.entries(variants)) {
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, { ...theirs, ...operations });
  const training = alone(await compileProgram(engine, program, { training: batch, evaluation: batch }));
  await training.writeState(initialState(program, 0));
  trainings.push([name, training]);
}

async function step(training: Training): Promise<number> {
  const began = performance.now();
  await training.step(batchOfSteps);
  return performance.now() - began;
}

const STEPS_IN_ROUND = 5;

/** The median time of a round. */
async function roundOf(training: Training): Promise<number> {
  const steps: number[] = [];
  for (let i = 0; i < STEPS_IN_ROUND; i++) steps.push(await step(training));
  return median(steps);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const times: Record<string, number[]> = Object.fromEntries(trainings.map(([name]) => [name, []]));
for (const [, training] of trainings) for (let i = 0; i < 3; i++) await step(training);
for (let round = 0; round < Number(rounds); round++)
  for (const [name, training] of trainings) times[name]?.push(await roundOf(training));

const base = times['tensorflow'] ?? [];
const measured: StepRatio = {
  network,
  batch,
  instructionSet: kernels.instructionSet,
  imagesPerSecond: Object.fromEntries(
    Object.entries(times).map(([name, list]) => [name, (batch / median(list)) * 1000]),
  ),
  ratios: Object.fromEntries(
    Object.entries(times).map(([name, list]) => [
      name,
      median(list.map((time, i) => (base[i] ?? NaN) / time)),
    ]),
  ),
};
console.log(JSON.stringify(measured));
