/**
 * `npm run bench -- fuse [--json] [--rounds N] [--seconds S] [--network NAME] [--batch N] [--networks N …]`
 *
 * Networks of one graph that are trained side by side in one recorded step, as the seeds of a cell could be, against one after the other
 * and against as many trainers at the same time, on the chosen engine: images/s of all together. Fused and one by one run in one process
 * of all cores, trainers beside one another in as many processes that share the cores. In each round every one is measured once, in turn,
 * since machines are noisy, and what counts are the ratios within a round. All train as a study does: with images as bytes and several steps a call
 * where the engine does.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { counted } from '../../src-shared/counted.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { kindlingHome } from '../../src-main/home.ts';
import { threadsOf } from '../../src-shared/studies/plan-jobs.ts';
import type { MeasuredFusion } from './fuse/measured-fusion.ts';
import { askSpeed } from './shared/ask-speed.ts';
import { type BenchWorker, startWorker } from './shared/bench-worker.ts';
import { BENCH_NETWORKS, benchNetwork, writeGraph } from './shared/networks.ts';
import { showSpread, spread, type Spread } from './shared/spread.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    network: { type: 'string', multiple: true, default: Object.keys(BENCH_NETWORKS) },
    batch: { type: 'string', multiple: true },
    networks: { type: 'string', multiple: true, default: ['2', '3', '6'] },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const counts = values.networks.map(Number);
const engine = selectedEngine(kindlingHome());
const cores = os.availableParallelism();

const results: MeasuredFusion[] = [];
for (const network of values.network)
  for (const batch of values.batch?.map(Number) ?? benchNetwork(network).batches)
    results.push(await measureNetwork(network, batch));
report();

async function measureNetwork(network: string, batch: number): Promise<MeasuredFusion> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
  const graphFile = writeGraph(network, folder);
  const workers: BenchWorker[] = [];
  const start = async (processes: number): Promise<BenchWorker[]> => {
    const environment = computingEnvironment(engine)(threadsOf(cores, processes));
    const file = path.join(import.meta.dirname, 'fuse', 'worker.ts');
    const started = await Promise.all(
      Array.from({ length: processes }, () =>
        startWorker(process.execPath, [file, graphFile, String(batch)], environment),
      ),
    );
    workers.push(...started);
    return started;
  };
  try {
    const alone = await start(1);
    const beside = new Map<number, BenchWorker[]>();
    for (const count of counts) beside.set(count, await start(count));
    return await inRounds(network, batch, alone, beside);
  } finally {
    for (const worker of workers) worker.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** @param beside by their number, trainers that work at the same time */
async function inRounds(
  network: string,
  batch: number,
  alone: readonly BenchWorker[],
  beside: ReadonlyMap<number, readonly BenchWorker[]>,
): Promise<MeasuredFusion> {
  const oneByOne: number[] = [];
  const fused = new Map(counts.map((count) => [count, [] as number[]]));
  const trainers = new Map(counts.map((count) => [count, [] as number[]]));
  // the first round compiles, and does not count
  for (let round = 0; round <= rounds; round++) {
    const take = (speeds: number[] | undefined, speed: number): void => {
      if (round > 0) speeds?.push(speed);
    };
    const length = round > 0 ? seconds : 0;
    take(oneByOne, await speedOf(alone, 1, length));
    for (const [count, workers] of beside) {
      take(fused.get(count), await speedOf(alone, count, length));
      take(trainers.get(count), await speedOf(workers, 1, length));
    }
    process.stderr.write(`${network}, batch ${batch}: round ${round} of ${rounds}\n`);
  }
  const ratios = (over: readonly number[], under: readonly number[]): Spread =>
    spread(over.map((value, round) => value / (under[round] ?? Number.NaN)));
  return {
    ...{ network, batch, oneByOne: Math.round(spread(oneByOne).median) },
    compared: counts.map((count) => ({
      networks: count,
      fusedOverOneByOne: ratios(fused.get(count) ?? [], oneByOne),
      fusedOverTrainers: ratios(fused.get(count) ?? [], trainers.get(count) ?? []),
    })),
  };
}

/** Of all workers together, with so many networks side by side in each. */
async function speedOf(workers: readonly BenchWorker[], networks: number, length: number): Promise<number> {
  return (await askSpeed(workers, { networks }, length)).imagesPerSecond;
}

function report(): void {
  const title = `${engine.name} ${engine.version}`;
  if (values.json) {
    console.log(JSON.stringify({ cores, engine: title, rounds, results }));
    return;
  }
  const table = new Table({
    head: [
      ...['network', 'batch', 'one by one, images/s'],
      ...counts.flatMap((count) => [`${count} fused / one by one`, `${count} fused / ${count} trainers`]),
    ],
    style: { head: [], border: [] },
  });
  for (const { network, batch, oneByOne, compared } of results)
    table.push([
      ...[network, batch, oneByOne],
      ...compared.flatMap((each) => [showSpread(each.fusedOverOneByOne), showSpread(each.fusedOverTrainers)]),
    ]);
  console.log(table.toString());
  console.log(
    `${counted(rounds, 'round')}; medians of the ratios within rounds, ranges in brackets; ${title}, ${cores} cores`,
  );
}
