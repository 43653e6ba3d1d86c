/**
 * Trains networks of one graph in a process of its own: `node worker.ts GRAPH BATCH`. It prints what computes; then it takes steps for each
 * line on standard input, `{"networks", "seconds"}`, with so many networks side by side, and answers with a line: `{"imagesPerSecond"}` of
 * all together, or `{"failure"}`.
 */
import { readFileSync } from 'node:fs';
import readline from 'node:readline';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { type TimedTraining, trainAsStudies } from '../shared/timed-training.ts';

const [graphFile = '', batchText = ''] = process.argv.slice(2);
const graph = JSON.parse(readFileSync(graphFile, 'utf8')) as Graph;
const batch = Number(batchText);
const engine = await openEngine(selectedEngine(kindlingHome()));
const trainings = new Map<number, TimedTraining>();

async function imagesPerSecond(networks: number, seconds: number): Promise<number> {
  const training = trainings.get(networks) ?? (await trainAsStudies(engine, { graph, batch, networks }));
  trainings.set(networks, training);
  return (networks * batch) / (await training.secondsOfStep(seconds));
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
