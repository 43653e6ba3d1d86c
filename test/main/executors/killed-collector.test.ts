import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import { spoolOf } from '../../../src-main/executors/spool/find-spool.ts';
import { spoolExecutor } from '../../../src-main/executors/spool/spool-executor.ts';
import { defineFleet } from '../../../src-main/executors/spool/worker-fleet.ts';
import { runStudy, type StudyOptions } from '../../../src-main/scheduler/run-study.ts';
import { endAttempt } from '../../../src-main/spool/attempt-end.ts';
import { collectArtifacts } from '../../../src-main/spool/collect-files.ts';
import { takeLease } from '../../../src-main/spool/lease.ts';
import { spooledRuns } from '../../../src-main/spool/spool-places.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { checkStudy } from '../../../src-main/studies/check-study.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { sampleSurroundings } from '../scheduler/sample-execution.ts';
import { PROVENANCE, RESULT, temporaryFolder } from '../store/sample-study.ts';
import { writeNoise } from './write-noise.ts';

const IDENTITY = { name: 'killed', store: 'a store' };
const TEXT =
  'study: killed\ndataset: noise\nnetwork: { family: squeezenet, stem: small }\nseeds: 3\ntraining: { batch: 16 }\n';
const WEIGHTS = 'weights of a run';

/** Somebody else trains: what the test writes into the spool. */
const FLEET = defineFleet({
  ...{ name: 'others', title: 'others', about: 'for the test', settings: z.strictObject({}) },
  rhythm: { beatSeconds: 0.2, expirySeconds: 60 },
  plan: ({ runs }) => ({ jobs: runs, threads: 1, reason: 'for the test' }),
  open: () =>
    Promise.resolve({
      start: () => Promise.resolve(),
      workers: () => Promise.resolve([{ id: '1', state: 'running', note: null }]),
      stop: () => Promise.resolve(),
    }),
});

/** Writes a result as a worker does. @returns its attempt and files */
async function publish(spool: string, run: string) {
  const attempt = await takeLease(spool, run, 1, { ...PROVENANCE, worker: 'one' });
  assert(attempt);
  mkdirSync(attempt.artifacts);
  writeFileSync(join(attempt.artifacts, 'best.safetensors'), WEIGHTS);
  writeFileSync(attempt.progress, '');
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const artifact = {
    kind: 'best',
    file: 'best.safetensors',
    bytes: WEIGHTS.length,
    sha256: sha256(WEIGHTS),
  };
  const result = { ...RESULT, artifacts: [artifact] };
  const progress = { bytes: 0, sha256: sha256('') };
  assert(await endAttempt(attempt, { state: 'done', outcome: { state: 'complete', result }, progress }));
  return { attempt, artifacts: [artifact] };
}

test('who collects may be killed before, between and after moving files and completing a run: each run is complete once', async (context) => {
  const root = temporaryFolder(context);
  writeNoise(join(root, 'data'));
  const dataset = openDataset(join(root, 'data', 'noise'));
  const open = (): Store => openStore(join(root, 'kindling.sqlite'), { purpose: 'schedule' });
  const optionsOf = async (store: Store): Promise<StudyOptions> => ({
    ...sampleSurroundings(),
    ...checkStudy(TEXT, 'killed.yaml', () => dataset.description),
    ...{ store, dataset },
    executor: await spoolExecutor(FLEET).open({ home: root, study: IDENTITY }),
  });
  const store = open();
  const left = await runStudy({ ...(await optionsOf(store)), leaves: true }).finished;
  assert.deepEqual([left.done, left.waiting], [0, 3]);
  const spool = spoolOf(join(root, 'spools'), IDENTITY);
  const [before, between, after] = await spooledRuns(spool);
  assert(before && between && after);
  for (const { run } of [before, between, after]) {
    const { attempt, artifacts } = await publish(spool, run);
    // as far as the one that was killed came
    store.startRun(run, { provenance: PROVENANCE });
    if (run !== before.run) await collectArtifacts(attempt.artifacts, store.runFolder(run), artifacts);
    if (run === after.run) store.completeRun(run, { ...RESULT, artifacts });
  }
  store.close();

  const later = open();
  context.after(() => later.close());
  // what the disk refuses is no run's fault: nothing is lost, and nothing has failed
  const obstacle = join(later.runFolder(before.run), 'best.safetensors');
  mkdirSync(obstacle, { recursive: true });
  await assert.rejects(runStudy(await optionsOf(later)).finished, (error) => {
    assert(error instanceof Problem);
    assert.deepEqual([error.code, error.message.includes(spool)], ['cluster', true], error.message);
    return true;
  });
  assert.equal(later.run(before.run).state, 'interrupted');
  assert((await spooledRuns(spool)).some(({ run }) => run === before.run));
  rmSync(obstacle, { recursive: true });
  const outcome = await runStudy(await optionsOf(later)).finished;
  assert.deepEqual([outcome.done, outcome.failed], [3, 0]);
  for (const run of later.runs()) {
    assert.deepEqual([run.state, run.interruptions, run.retryOf], ['complete', [], null]);
    assert.equal(readFileSync(join(later.runFolder(run.id), 'best.safetensors'), 'utf8'), WEIGHTS);
  }
  assert.equal(later.runs().length, 3);
  // of the one that was complete only the application knows that it may go
  assert.deepEqual(
    (await spooledRuns(spool)).map(({ run }) => run),
    [after.run],
  );
  assert(!existsSync(join(spool, 'open')));
});
