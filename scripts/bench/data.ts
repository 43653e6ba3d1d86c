/**
 * `npm run bench -- data [--json] [--epochs N]`
 *
 * How long a training step waits for its batch: real runs of a trainer on the built-in set, for each recipe of
 * augmentation, with all cores in one trainer and with one. To stay below 5 %.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { ensureDataset } from '../../src-main/datasets/ensure-dataset.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { dataFolder, kindlingHome } from '../../src-main/home.ts';
import { recipeSchema, type Augmentation } from '../../src-shared/studies/recipe.ts';
import { trainerRun } from './shared/trainer-run.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, epochs: { type: 'string', default: '3' } },
});

const RECIPES: Augmentation[][] = [[], ['crop', 'flip'], ['crop', 'flip', 'rotation', 'cutout']];
const NETWORKS = {
  'squeezenet 1.1': { family: 'squeezenet', version: '1.1', stem: 'small', batchNorm: true, dropout: 0 },
  'squeezenet, baseE 16': {
    family: 'squeezenet',
    stem: 'small',
    batchNorm: true,
    dropout: 0,
    stemFilters: 16,
    baseE: 16,
    incrE: 16,
  },
};

const engine = selectedEngine(kindlingHome());
const dataset = ensureDataset('shapes', dataFolder(kindlingHome())).folder;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
const results: {
  network: string;
  threads: number;
  augment: string;
  imagesPerSecond: number;
  dataWaitShare: number;
}[] = [];
try {
  for (const threads of new Set([os.availableParallelism(), 1]))
    for (const [network, description] of Object.entries(NETWORKS))
      for (const augment of RECIPES) {
        const result = await trainerRun(engine, threads, {
          run: 'bench',
          network: description,
          dataset,
          validationShare: 0,
          trainingLimit: 0,
          recipe: recipeSchema.parse({ epochs: Number(values.epochs), batch: 128, augment }),
          seed: 0,
          artifacts: path.join(folder, 'artifacts'),
        });
        const { imagesPerSecond, dataWaitShare } = result;
        results.push({
          network,
          threads,
          augment: augment.join(', ') || 'none',
          imagesPerSecond,
          dataWaitShare,
        });
      }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
report();

function report(): void {
  if (values.json) {
    console.log(JSON.stringify(results));
    return;
  }
  const table = new Table({
    head: ['network', 'threads', 'augmentation', 'images/s', 'waiting for data'],
    style: { head: [], border: [] },
  });
  for (const { network, threads, augment, imagesPerSecond, dataWaitShare } of results)
    table.push([
      network,
      threads,
      augment,
      Math.round(imagesPerSecond),
      `${(dataWaitShare * 100).toFixed(2)} %`,
    ]);
  console.log(table.toString());
}
