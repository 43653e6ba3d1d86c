/**
 * Trains networks of one graph in a process of its own: `node worker.ts GRAPH BATCH`. It prints what computes; then it takes steps for each
 * line on standard input, `{"networks", "seconds"}`, with so many networks side by side, and answers with a line: `{"imagesPerSecond"}` of
 * all together, or `{"failure"}`.
 */
import { readFileSync } from 'node:fs';
import readline from 'node:readline';
import { median } from 'd3-array';
import { compileProgram } from '../../../src-main/engine/compile-program.ts';
import type { FusedTraining, TrainingBatch } from '../../../src-main/engine/engine.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { noiseBatch } from '../../../src-main/engine/measuring/noise-batch.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';

const [graphFile = '', batchText = ''] = process.argv.slice(2);
const graph = JSON.parse(readFileSync(graphFile, 'utf8')) as Graph;
const batch = Number(batchText);
const engine = await openEngine(selectedEngine(kindlingHome()));
const compiled = new Map<number, FusedTraining>();

/** The first steps of a program make ready what later ones use. */
const WARM_UP = 3;
const LEAST_STEPS = 3;

async function compile(networks: number, batches: readonly TrainingBatch[]): Promise<FusedTraining> {
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations, null, networks);
  const training = await compileProgram(engine, program, { training: batch, evaluation: batch });
  await training.writeState(batches.map(({ seed }) => initialState(program, seed)));
  for (let i = 0; i < WARM_UP; i++) await training.step(batches);
  return training;
}

async function imagesPerSecond(networks: number, seconds: number): Promise<number> {
  const batches = Array.from({ length: networks }, (_, seed) => ({ ...noiseBatch(graph, batch), seed }));
  const training = compiled.get(networks) ?? (await compile(networks, batches));
  compiled.set(networks, training);
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end || times.length < LEAST_STEPS) {
    const began = performance.now();
    await training.step(batches);
    times.push(performance.now() - began);
  }
  return (1000 * networks * batch) / (median(times) ?? Number.NaN);
}

console.log(JSON.stringify(engine.description));
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { networks, seconds } = JSON.parse(line) as { networks: number; seconds: number };
  const answer = await imagesPerSecond(networks, seconds).then(
    (speed) => ({ imagesPerSecond: speed }),
    (error: unknown) => ({ failure: String(error) }),
  );
  console.log(JSON.stringify(answer));
}
