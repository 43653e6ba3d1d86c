import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import { openProcesses } from '../../../src-main/executors/background/open.ts';
import { executorNamed } from '../../../src-main/executors/registry.ts';
import type { Executor } from '../../../src-main/executors/executor.ts';
import { spoolOf } from '../../../src-main/executors/spool/find-spool.ts';
import { spoolExecutor } from '../../../src-main/executors/spool/spool-executor.ts';
import { defineFleet } from '../../../src-main/executors/spool/worker-fleet.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { runStudy, type StudyOptions } from '../../../src-main/scheduler/run-study.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { checkStudy } from '../../../src-main/studies/check-study.ts';
import type { StudyOutcome } from '../../../src-shared/contract/api/execution.ts';
import { sampleSurroundings } from '../scheduler/sample-execution.ts';
import { writeNoise } from './write-noise.ts';

const STUDY = `study: workers
dataset: noise
network: { family: squeezenet, stem: small, stemFilters: 8, baseE: 8, incrE: 8 }
seeds: 3
data: { validationShare: 0.25 }
training: { epochs: 60, batch: 16, learningRate: 0.01 }
`;

const root = mkdtempSync(join(tmpdir(), 'kindling-workers-'));
const identity = { name: 'workers', store: 'a store' };
const spools = join(root, 'spools');
const spool = spoolOf(spools, identity);

/** Workers whose death is soon noticed. */
const workers = spoolExecutor(
  defineFleet({
    ...{ name: 'workers', about: 'for the test', settings: z.strictObject({}) },
    rhythm: { beatSeconds: 0.2, expirySeconds: 1.5 },
    spoolsFolder: () => spools,
    plan: () => ({ jobs: 3, threads: 1, reason: 'for the test' }),
    open: openProcesses,
  }),
);

const openWorkers = (): Promise<Executor> => workers.open({ home: kindlingHome(), study: identity });

function optionsOf(store: Store, executor: Executor, onEvent?: StudyOptions['onEvent']): StudyOptions {
  const dataset = openDataset(join(root, 'data', 'noise'));
  const study = checkStudy(STUDY, 'workers.yaml', () => dataset.description);
  return {
    ...sampleSurroundings(),
    ...{ store, ...study, dataset, executor, jobs: executor.plan({ runs: 3, stepMacs: 1e6, jobs: 2 }) },
    ...(onEvent && { onEvent }),
  };
}

function open(name: string): Store {
  return openStore(join(root, name, 'kindling.sqlite'), { purpose: 'schedule' });
}

function pidsOfWorkers(): number[] {
  const folder = join(spool, 'fleet');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.pid')) : [];
  return files.map((file) => Number(readFileSync(join(folder, file), 'utf8'))).filter((pid) => pid > 0);
}

function killOne(): boolean {
  for (const pid of pidsOfWorkers()) {
    try {
      process.kill(pid, 'SIGKILL');
      return true;
    } catch {
      // it had ended
    }
  }
  return false;
}

/** All but what depends on the clock. */
function results(store: Store): unknown[] {
  return store
    .runs()
    .map((run) => ({
      ...{
        cell: run.cell,
        seed: run.seed,
        state: run.state,
        accuracy: run.metrics.testAccuracy,
        loss: run.metrics.testLoss,
      },
      steps: store
        .series(run.id)
        .steps.map(({ step, loss, accuracy, learningRate }) => [step, loss, accuracy, learningRate]),
      epochs: store
        .series(run.id)
        .epochs.map(({ epoch, validationLoss, trainingLoss }) => [epoch, validationLoss, trainingLoss]),
      files: store.artifacts(run.id).map(({ kind, bytes }) => [kind, bytes]),
      confusion: store.confusion(run.id),
    }))
    .sort((one, other) => `${one.cell} ${one.seed}`.localeCompare(`${other.cell} ${other.seed}`));
}

test('workers that are killed, left and collected from give the bits of trainers of this process', async (context) => {
  context.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }));
  writeNoise(join(root, 'data'));
  const locally = open('local');
  const local = await executorNamed('local-processes').open({ home: kindlingHome(), study: identity });
  const expected = runStudy({
    ...optionsOf(locally, local),
    jobs: { jobs: 2, threads: 1, reason: 'for the test' },
  });
  assert.equal((await expected.finished).done, 3);

  const store = open('spool');
  let kills = 0;
  let begun = 0;
  const first = runStudy({
    ...optionsOf(store, await openWorkers(), (event) => {
      if (event.type === 'run started') begun++;
      // the second kill finds a run that went on
      if (event.type === 'run progress' && event.step > 60 * kills + 30 && kills < 2 && killOne()) kills++;
    }),
  });
  // parts when all three are with the workers and two have been taken from the dead
  while (kills < 2) await new Promise((resolve) => setTimeout(resolve, 50));
  assert(first.leaveBehind());
  const left: StudyOutcome = await first.finished;
  assert.equal(left.done + left.waiting, 3);
  assert.equal(left.stopped, false);
  assert(store.runs().every(({ state }) => state === 'waiting' || state === 'complete'));
  store.close();

  // another application takes what is there, as often as it likes
  const later = open('spool');
  let outcome = left;
  for (let times = 0; outcome.done < 3; times++) {
    assert(times < 20, `workers train the rest: ${JSON.stringify(outcome)}`);
    outcome = await runStudy({ ...optionsOf(later, await openWorkers()), leaves: times < 2 }).finished;
  }
  context.after(() => {
    later.close();
    locally.close();
  });
  assert.deepEqual(results(later), results(locally));
  assert(begun > 0 && kills === 2);
  const interruptions = later.runs().flatMap((run) => run.interruptions);
  assert(interruptions.length >= 1, 'a run says that it was taken over');
  for (const run of later.runs()) {
    for (const { file, bytes } of later.artifacts(run.id)) {
      assert.equal(readFileSync(join(later.runFolder(run.id), file)).length, bytes);
    }
  }
  assert(!existsSync(spool), 'nothing is left of the spool');
});
