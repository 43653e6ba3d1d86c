/**
 * Measures training steps of one network in a process of its own: `node tensorflow-worker.ts GRAPH BATCH DEVICE PRECISION`.
 * It first prints a line `{"engine", "device"}`. For each line on standard input, `{"variant", "seconds"}`, it answers with a
 * line `{"imagesPerSecond"}`; the first of what is compiled has `"firstStepSeconds"`, too.
 */
import readline from 'node:readline';
import { readFileSync } from 'node:fs';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { composedOperations } from '../../../src-main/engine/composed-operations.ts';
import { EagerTraining } from '../../../src-main/engine/eager-training.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { noiseBatch } from '../../../src-main/engine/measuring/noise-batch.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import type { Operations } from '../../../src-main/engine/operations.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { type TimedTraining, timedTraining, trainAsStudies, trainFed } from '../shared/timed-training.ts';

const [graphFile = '', batchText = '', , precisionText] = process.argv.slice(2);
const graph = JSON.parse(readFileSync(graphFile, 'utf8')) as Graph;
const batch = Number(batchText);
const engine = await openEngine(selectedEngine(kindlingHome()));
const precision = recipeSchema.shape.precision.parse(precisionText);

async function eager(operations: Operations): Promise<TimedTraining> {
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, operations);
  const training = new EagerTraining(program, { training: batch, evaluation: batch });
  await training.writeState([initialState(program, 0)]);
  return timedTraining(training, [noiseBatch(graph, batch)]);
}

const compiled: Readonly<Record<string, () => Promise<TimedTraining>>> = {
  compiled: () => trainAsStudies(engine, { graph, batch, precision }),
  fed: () => trainFed(engine, { graph, batch, precision }),
  float32: () => trainAsStudies(engine, { graph, batch }),
};
const variants: typeof compiled = {
  ...compiled,
  eager: () => eager(engine.operations),
  shipped: () => eager(composedOperations),
};
const started = new Map<string, TimedTraining>();

const { name, version, device } = engine.description;
console.log(JSON.stringify({ engine: `${name} ${version}`, device }));

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { variant, seconds } = JSON.parse(line) as { variant: string; seconds: number };
  const start = variants[variant];
  if (start === undefined) throw new Error(`unknown variant ${variant}`);
  const known = started.get(variant);
  const training = known ?? (await start());
  started.set(variant, training);
  console.log(
    JSON.stringify({
      imagesPerSecond: batch / (await training.secondsOfStep(seconds)),
      ...(known === undefined && variant in compiled ? { firstStepSeconds: training.firstStepSeconds } : {}),
    }),
  );
}
