/**
 * `npm run bench -- jobs [--json] [--rounds N] [--epochs N]`
 *
 * Several trainers of one thread against one trainer of all: images/s of real runs on the built-in set, summed
 * over the trainers, in interleaved rounds. What `planJobs` chooses rests on this.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { ensureDataset } from '../../src-main/datasets/ensure-dataset.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { dataFolder, kindlingHome } from '../../src-main/home.ts';
import { recipeSchema } from '../../src-shared/studies/recipe.ts';
import { DEFAULT_RESUME_SECONDS } from '../../src-shared/studies/resume-seconds.ts';
import { showSpread, spread } from './shared/spread.ts';
import { trainerRun } from './shared/trainer-run.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    epochs: { type: 'string', default: '2' },
  },
});

const SMALL = { stem: 'small', batchNorm: true, dropout: 0 };
const NETWORKS: Readonly<Record<string, Record<string, unknown>>> = {
  'squeezenet 1.1': { family: 'squeezenet', version: '1.1', ...SMALL },
  'squeezenet, baseE 16': {
    ...{ family: 'squeezenet', version: '1.1', ...SMALL },
    ...{ stemFilters: 32, baseE: 16, incrE: 16 },
  },
  'mobilenet v1': { family: 'mobilenet-v1', stem: 'small' },
  'shufflenet v1': { family: 'shufflenet-v1', stem: 'small', groups: 3 },
};
const CASES = Object.entries(NETWORKS).flatMap(([name, network]) =>
  [32, 128].map((batch) => ({ name: `${name}, batch ${batch}`, batch, network })),
);

const engine = selectedEngine(kindlingHome());
const dataset = ensureDataset('shapes', dataFolder(kindlingHome())).folder;
const cores = os.availableParallelism();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
const results: { name: string; one: number; several: number; severalOverOne: ReturnType<typeof spread> }[] =
  [];
try {
  for (const { name, batch, network } of CASES) {
    const one: number[] = [];
    const several: number[] = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      one.push(await imagesPerSecond(1, cores, network, batch));
      several.push(await imagesPerSecond(cores, 1, network, batch));
    }
    const ratios = several.map((value, round) => value / (one[round] ?? Number.NaN));
    results.push({
      name,
      one: spread(one).median,
      several: spread(several).median,
      severalOverOne: spread(ratios),
    });
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
report();

/** Summed over trainers that run at the same time. */
async function imagesPerSecond(
  trainers: number,
  threads: number,
  network: Record<string, unknown>,
  batch: number,
): Promise<number> {
  const runs = Array.from({ length: trainers }, (_, seed) =>
    trainerRun(engine, threads, {
      run: `bench-${seed}`,
      network,
      dataset,
      validationShare: 0,
      trainingLimit: 0,
      recipe: recipeSchema.parse({ epochs: Number(values.epochs), batch, augment: ['crop', 'flip'] }),
      seed,
      artifacts: path.join(folder, String(seed)),
      resumeSeconds: DEFAULT_RESUME_SECONDS,
    }),
  );
  return (await Promise.all(runs)).reduce((sum, result) => sum + result.imagesPerSecond, 0);
}

function report(): void {
  if (values.json) {
    console.log(JSON.stringify({ cores, rounds: Number(values.rounds), ratios: results }));
    return;
  }
  const table = new Table({
    head: ['network', `1 trainer of ${cores}: images/s`, `${cores} trainers of 1: images/s`, 'ratio'],
    style: { head: [], border: [] },
  });
  for (const { name, one, several, severalOverOne } of results)
    table.push([name, Math.round(one), Math.round(several), showSpread(severalOverOne)]);
  console.log(table.toString());
}
