/**
 * Measures training steps of one network in a process of its own: `node tensorflow-worker.ts GRAPH BATCH DEVICE PRECISION`.
 * It first prints a line `{"engine", "device"}`. For each line on standard input, `{"variant", "seconds"}`, it answers with a
 * line `{"imagesPerSecond"}`; the first of what is compiled has `"firstStepSeconds"`, too.
 */
import readline from 'node:readline';
import { readFileSync } from 'node:fs';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { alone } from '../../../src-main/engine/alone.ts';
import { composedOperations } from '../../../src-main/engine/composed-operations.ts';
import { EagerTraining } from '../../../src-main/engine/eager-training.ts';
import type { FusedTraining, Training } from '../../../src-main/engine/engine.ts';
import { GuardedTraining } from '../../../src-main/engine/guarded-training.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { noiseBatch } from '../../../src-main/engine/measuring/noise-batch.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { operationsFor } from '../../../src-main/engine/precision.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../src-main/home.ts';

const [graphFile = '', batchText = '', , precisionText] = process.argv.slice(2);
const graph = JSON.parse(readFileSync(graphFile, 'utf8')) as Graph;
const batch = Number(batchText);
const engine = await openEngine(selectedEngine(kindlingHome()));
const sizes = { training: batch, evaluation: batch };
const own = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations);
const precision = recipeSchema.shape.precision.parse(precisionText);
const inPrecision = createTrainingProgram(
  graph,
  { ...DEFAULT_RECIPE, precision },
  operationsFor(engine, precision),
);
const shipped = createTrainingProgram(graph, DEFAULT_RECIPE, composedOperations);

const variants: Record<string, () => FusedTraining> = {
  compiled: () => new GuardedTraining(engine, inPrecision, sizes),
  float32: () => new GuardedTraining(engine, own, sizes),
  eager: () => new EagerTraining(own, sizes),
  shipped: () => new EagerTraining(shipped, sizes),
};
const started = new Map<string, Training>();

const batchOfSteps = noiseBatch(graph, batch);

interface Started {
  readonly training: Training;
  /** Where it was compiled just now. */
  readonly firstStepSeconds?: number;
}

async function start(variant: string): Promise<Started> {
  const create = variants[variant];
  if (create === undefined) throw new Error(`unknown variant ${variant}`);
  const fused = create();
  const training = alone(fused);
  await training.writeState(initialState(own, 0));
  const began = performance.now();
  await training.step(batchOfSteps);
  const firstStepSeconds = (performance.now() - began) / 1000;
  if (!(fused instanceof GuardedTraining)) return { training };
  if (fused.mode?.mode !== 'compiled') throw new Error('the step was not compiled');
  return { training, firstStepSeconds };
}

const { name, version, device } = engine.description;
console.log(JSON.stringify({ engine: `${name} ${version}`, device }));

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { variant, seconds } = JSON.parse(line) as { variant: string; seconds: number };
  const known = started.get(variant);
  const { training, firstStepSeconds }: Started = known ? { training: known } : await start(variant);
  started.set(variant, training);
  await training.step(batchOfSteps);
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end || times.length < 3) {
    const before = performance.now();
    await training.step(batchOfSteps);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
  console.log(JSON.stringify({ imagesPerSecond: (batch / median) * 1000, firstStepSeconds }));
}
