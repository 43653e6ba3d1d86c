/**
 * `npm run bench -- data [--json] [--epochs N] [--pictures N]`
 *
 * How long a training step waits for its batch: real runs of a trainer on the built-in set, for each recipe of
 * augmentation, with all cores in one trainer and with one; and on JPEG files of 500 x 375 pixels, of which resized crops of
 * 224 pixels are cut, with how many of them are decoded a second where nothing else is done. To stay below 5 %.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { openBatchSource } from '../../src-main/datasets/batch-source.ts';
import { ensureDataset } from '../../src-main/datasets/ensure-dataset.ts';
import { allIndices } from '../../src-main/datasets/evaluation-batches.ts';
import { channelStatistics } from '../../src-main/datasets/normalization.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { dataFolder, kindlingHome } from '../../src-main/home.ts';
import { recipeSchema, type Augmentation } from '../../src-shared/studies/recipe.ts';
import { DEFAULT_RESUME_SECONDS } from '../../src-shared/studies/resume-seconds.ts';
import { makePictures } from './data/make-pictures.ts';
import { trainerRun } from './shared/trainer-run.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    epochs: { type: 'string', default: '3' },
    pictures: { type: 'string', default: '512' },
  },
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
const pictures = await measurePictures();
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
          resumeSeconds: DEFAULT_RESUME_SECONDS,
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
  for (const threads of new Set([os.availableParallelism(), 1])) results.push(await trainOnPictures(threads));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
report();

/** Makes the data set and takes all batches of an epoch as fast as they come. */
async function measurePictures(): Promise<{ folder: string; decodedPerSecond: number }> {
  const made = await makePictures(folder, Number(values.pictures));
  const part = made.readTraining();
  const indices = allIndices(part);
  const recipe = recipeSchema.parse({ epochs: 2, batch: 32, augment: ['resized-crop', 'flip'] });
  const statistics = channelStatistics(part, indices);
  const source = openBatchSource({
    part,
    pictures: made.openPictures(),
    indices,
    recipe,
    seed: 0,
    statistics,
  });
  source.take();
  const start = performance.now();
  let images = 0;
  while (source.take() !== null) images += recipe.batch;
  await source.close();
  return { folder: made.folder, decodedPerSecond: images / ((performance.now() - start) / 1000) };
}

async function trainOnPictures(threads: number): Promise<(typeof results)[number]> {
  const { imagesPerSecond, dataWaitShare } = await trainerRun(engine, threads, {
    run: 'bench',
    network: { family: 'squeezenet', version: '1.1', dropout: 0 },
    dataset: pictures.folder,
    validationShare: 0,
    trainingLimit: 0,
    recipe: recipeSchema.parse({ epochs: 1, batch: 32, augment: ['resized-crop', 'flip'] }),
    seed: 0,
    artifacts: path.join(folder, 'artifacts'),
    resumeSeconds: DEFAULT_RESUME_SECONDS,
  });
  return {
    network: 'squeezenet 1.1 at 224',
    threads,
    augment: 'resized-crop of JPEG, flip',
    imagesPerSecond,
    dataWaitShare,
  };
}

function report(): void {
  if (values.json) {
    console.log(JSON.stringify({ runs: results, decodedPerSecond: pictures.decodedPerSecond }));
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
  console.log(`decoded alone: ${Math.round(pictures.decodedPerSecond)} pictures/s`);
}
