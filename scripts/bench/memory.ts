/**
 * `npm run bench -- memory [--json] [--threads N]`
 *
 * The main memory that trainers take at their peak, each in a process of its own that trains and tests one network, beside what
 * `trainerMemory` estimates; and how far the estimate is off.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { ensureDataset } from '../../src-main/datasets/ensure-dataset.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { dataFolder, kindlingHome } from '../../src-main/home.ts';
import { networkTotals } from '../../src-shared/networks/network-totals.ts';
import { decimalSize, percent } from '../../src-shared/numbers.ts';
import { recipeSchema } from '../../src-shared/studies/recipe.ts';
import { DEFAULT_RESUME_SECONDS } from '../../src-shared/studies/resume-seconds.ts';
import { trainerMemory } from '../../src-shared/studies/trainer-memory.ts';
import { trainerRun } from './shared/trainer-run.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, threads: { type: 'string', default: '2' } },
});

const SMALL = { stem: 'small', dropout: 0 };
const NETWORKS: Readonly<Record<string, Record<string, unknown>>> = {
  'SqueezeNet, narrow': {
    family: 'squeezenet',
    version: '1.1',
    ...SMALL,
    stemFilters: 16,
    baseE: 16,
    incrE: 16,
  },
  'SqueezeNet 1.1': { family: 'squeezenet', version: '1.1', ...SMALL },
  'SqueezeNet 1.1, batch norm': { family: 'squeezenet', version: '1.1', ...SMALL, batchNorm: true },
  'MobileNet v1': { family: 'mobilenet-v1', stem: 'small' },
  'ShuffleNet v1': { family: 'shufflenet-v1', stem: 'small', groups: 3 },
  AlexNet: { family: 'alexnet', stem: 'small' },
};
const CASES = [
  ...Object.keys(NETWORKS).flatMap((name) =>
    [32, 128, 512].map((batch) => ({ name, batch, optimizer: 'sgd' })),
  ),
  ...['SqueezeNet 1.1, batch norm', 'AlexNet'].map((name) => ({ name, batch: 128, optimizer: 'adam' })),
];

const engine = selectedEngine(kindlingHome());
const { folder: dataset, description } = ensureDataset('shapes', dataFolder(kindlingHome()));
const costOf = networkTotals({ shape: description.shape, classes: description.classes.length });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
const results: (ReturnType<typeof estimateOf> & (typeof CASES)[number] & { peak: number })[] = [];
try {
  for (const [place, each] of CASES.entries())
    results.push({ ...each, ...estimateOf(each), peak: await peakOf(each, place) });
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
report();

function cellOf({ name, batch, optimizer }: (typeof CASES)[number]) {
  const network = NETWORKS[name] ?? {};
  return { network, recipe: recipeSchema.parse({ epochs: 1, batch, optimizer, learningRate: 1e-3 }) };
}

function estimateOf(each: (typeof CASES)[number]) {
  const cell = cellOf(each);
  const cost = costOf(cell.network);
  const { trainingCount, shape } = description;
  const { estimatedBytes } = trainerMemory(
    [{ ...cell, cost }],
    { shape, trainingCount },
    'shapes',
    new Map(),
  );
  return { estimatedBytes, parameters: cost.parameters, activationBytes: cost.activationBytes };
}

async function peakOf(each: (typeof CASES)[number], seed: number): Promise<number> {
  const result = await trainerRun(engine, Number(values.threads), {
    run: `bench-${seed}`,
    ...cellOf(each),
    ...{ dataset, validationShare: 0.1, trainingLimit: 4 * each.batch, seed },
    artifacts: path.join(folder, String(seed)),
    resumeSeconds: DEFAULT_RESUME_SECONDS,
  });
  return result.peakMemoryBytes;
}

function report(): void {
  if (values.json) return console.log(JSON.stringify(results));
  const table = new Table({
    head: ['network', 'batch', 'optimizer', 'peak', 'estimate', 'off by'],
    style: { head: [], border: [] },
  });
  for (const { name, batch, optimizer, peak, estimatedBytes } of results)
    table.push([
      ...[name, batch, optimizer, decimalSize(peak), decimalSize(estimatedBytes)],
      percent(estimatedBytes / peak - 1, 0),
    ]);
  console.log(table.toString());
}
