/**
 * `npm run bench -- resume-overhead [--json] [--rounds N] [--epochs N] [--images N] [--network NAME…]`
 *
 * What resume checkpoints add to whole trainings: the same training with them and without, by turns in one warm process of one thread, a
 * round being with, without, without, with. What counts are the ratios within a round, of CPU seconds (which other programs disturb least)
 * and of seconds, with the 95 % t interval of their geometric mean over the rounds.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { extent, mean, sum } from 'd3-array';
import Table from 'cli-table3';
import { ensureDataset } from '../../src-main/datasets/ensure-dataset.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { dataFolder, kindlingHome } from '../../src-main/home.ts';
import { tInterval } from '../../src-shared/statistics/interval.ts';
import { recipeSchema } from '../../src-shared/studies/recipe.ts';
import type { RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';
import { type TrainingCost, trainingCostSchema } from './resume-overhead/training-cost.ts';
import { type BenchWorker, startWorker } from './shared/bench-worker.ts';
import { benchNetwork } from './shared/networks.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '10' },
    epochs: { type: 'string', default: '8' },
    images: { type: 'string', default: '3200' },
    network: { type: 'string', multiple: true, default: ['demo-0.5-0.5', 'squeezenet-batch-norm'] },
  },
});

const engine = selectedEngine(kindlingHome());
const dataset = ensureDataset('shapes', dataFolder(kindlingHome())).folder;
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
const results: { readonly network: string; readonly rounds: readonly Round[] }[] = [];
try {
  for (const network of values.network) results.push({ network, rounds: await measure(network) });
} finally {
  fs.rmSync(root, { recursive: true, force: true });
}
report();

interface Round {
  readonly withThem: readonly TrainingCost[];
  readonly without: readonly TrainingCost[];
}

async function measure(network: string): Promise<Round[]> {
  const file = path.join(root, `${network}.json`);
  fs.writeFileSync(file, JSON.stringify(specificationOf(network)));
  const program = path.join(import.meta.dirname, 'resume-overhead', 'worker.ts');
  const worker = await startWorker(process.execPath, [program, file], computingEnvironment(engine)(1));
  const rounds: Round[] = [];
  try {
    // it compiles and reads the images
    await train(worker, true);
    for (let round = 0; round < Number(values.rounds); round++) {
      const first = await train(worker, true);
      const without = [await train(worker, false), await train(worker, false)];
      rounds.push({ withThem: [first, await train(worker, true)], without });
    }
  } finally {
    worker.close();
  }
  return rounds;
}

async function train(worker: BenchWorker, isWith: boolean): Promise<TrainingCost> {
  return trainingCostSchema.parse(await worker.ask({ isWith }));
}

function specificationOf(network: string): RunSpecification {
  const { network: fields } = benchNetwork(network);
  return {
    ...{ run: 'a run', network: { ...fields }, dataset, seed: 1, validationShare: 0.1 },
    trainingLimit: Number(values.images),
    recipe: recipeSchema.parse({ epochs: Number(values.epochs), batch: 64, learningRate: 0.05 }),
    artifacts: path.join(root, 'artifacts'),
    resumeSeconds: 1,
  };
}

function report(): void {
  if (values.json) return console.log(JSON.stringify(results));
  const table = new Table({
    head: [
      'network',
      'rounds',
      'CPU seconds without',
      'resume checkpoints',
      'CPU time with them',
      'time with them',
    ],
  });
  for (const { network, rounds } of results)
    table.push([
      network,
      rounds.length,
      (mean(rounds.flatMap(({ without }) => without.map(({ cpuSeconds }) => cpuSeconds))) ?? NaN).toFixed(2),
      extent(rounds.flatMap(({ withThem }) => withThem.map(({ checkpoints }) => checkpoints))).join(' to '),
      more(rounds, ({ cpuSeconds }) => cpuSeconds),
      more(rounds, ({ seconds }) => seconds),
    ]);
  console.log(table.toString());
}

/** By how much more than without: `+0.4 % (-0.1 to +0.9)`. */
function more(rounds: readonly Round[], of: (cost: TrainingCost) => number): string {
  const logs = rounds.map(({ withThem, without }) => Math.log(sum(withThem, of) / sum(without, of)));
  const { mean: centre, low, high } = tInterval(logs);
  const [middle = '', ...bounds] = [centre, low, high].map((log) => {
    const percent = 100 * Math.expm1(log ?? NaN);
    return `${percent < 0 ? '' : '+'}${percent.toFixed(2)}`;
  });
  return `${middle} % (${bounds.join(' to ')})`;
}
