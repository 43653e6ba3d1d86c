import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  followSubmitted,
  launchStudy,
  removeDeletedSpools,
  stopSubmitted,
  tidySpool,
} from '../../../src-main/api/collect-studies.ts';
import { noteSpool, spoolOf, spoolsFolder, spoolsOf } from '../../../src-main/executors/spool/find-spool.ts';
import { submittedRuns } from '../../../src-main/executors/spool/submitted-runs.ts';
import { type Launch, StudyQueue, USUAL_LAUNCH } from '../../../src-main/scheduler/study-queue.ts';
import { endAttempt } from '../../../src-main/spool/attempt-end.ts';
import { HeartbeatWatch } from '../../../src-main/spool/heartbeat.ts';
import { takeLease } from '../../../src-main/spool/lease.ts';
import { spooledRuns } from '../../../src-main/spool/spool-places.ts';
import { makeSpool } from '../../../src-main/spool/spool-study.ts';
import { findRuns } from '../../../src-main/spool/worker/find-run.ts';
import { writeTask } from '../../../src-main/spool/task-file.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { addRuns, PROVENANCE, RESULT, studyInput, temporaryFolder } from '../store/sample-study.ts';

interface Submitted {
  readonly host: {
    readonly home: string;
    readonly store: () => Store;
    readonly queue: StudyQueue;
    readonly afterwards: (work: (signal: AbortSignal) => Promise<void>) => void;
  };
  /** What nobody waits for. */
  readonly later: ((signal: AbortSignal) => Promise<void>)[];
  readonly spool: string;
  /** Of the runs of the study, all of which have a task. */
  readonly runs: readonly string[];
  /** What was to be gathered; nothing can be. */
  readonly launches: readonly Launch[];
  readonly wait: (run: number) => ReturnType<typeof takeLease>;
}

/** A study of four runs, submitted to workers. */
async function submitted(context: TestContext): Promise<Submitted> {
  const home = temporaryFolder(context);
  const store = openStore(join(home, 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  const runs = addRuns(store, [0, 1, 2, 3]);
  const study = { name: 'sample', store: store.identity() };
  const spool = spoolOf(spoolsFolder(home), study);
  await makeSpool(spool, {
    ...{ study: study.name, store: study.store, executor: 'slurm', settings: { time: '30' } },
    ...{ kindlingVersion: '0.1.0', rhythm: { beatSeconds: 1, expirySeconds: 2 } },
  });
  for (const [place, run] of runs.entries()) {
    const recipe = recipeSchema.parse({ epochs: 1, batch: 8, learningRate: 0.1 });
    const specification = {
      ...{ run, network: {}, dataset: '/data', validationShare: 0, trainingLimit: 0, recipe, seed: place },
      ...{ artifacts: '/artifacts', resumeSeconds: 60 },
    };
    await writeTask(spool, place, { specification, threads: 1, dataHash: 'abc' });
  }
  const launches: Launch[] = [];
  const queue = new StudyQueue({
    store: () => store,
    gather: (_, launch) => {
      launches.push(launch);
      return Promise.reject(new Problem('cluster', 'Slurm on this machine does not answer.'));
    },
    ...{ onChange: () => undefined, onEvent: () => undefined, onEnd: () => undefined },
    onBug: (error) => assert.fail(String(error)),
  });
  context.after(() => queue.close());
  const lease = { ...PROVENANCE, worker: 'node1-7', host: 'node1' };
  const wait: Submitted['wait'] = (run) => takeLease(spool, runs[run] ?? '', 1, lease);
  const later: Submitted['later'] = [];
  const afterwards: Submitted['host']['afterwards'] = (work) => void later.push(work);
  return { host: { home, store: () => store, queue, afterwards }, later, spool, runs, launches, wait };
}

function complete(store: Store, run: string): void {
  store.startRun(run, { provenance: PROVENANCE });
  store.completeRun(run, RESULT);
}

test('of submitted runs it is told where they are; what has ended in the store leaves the spool, which goes last', async (context) => {
  const { host, spool, runs, wait } = await submitted(context);
  const [first = '', second = '', third = '', fourth = ''] = runs;
  await wait(0);
  const ended = await wait(1);
  assert(ended);
  const failure = { code: 'internal' as const, message: 'for the test', step: null };
  const progress = { bytes: 0, sha256: '' };
  await endAttempt(ended, { state: 'done', outcome: { state: 'failed', failure }, progress });
  const [found] = await spoolsOf(host.home, host.store().identity());
  assert(found);
  const { since, ...told } = (await submittedRuns(found.spool, found.executor)) ?? { since: '' };
  assert(Math.abs(Date.parse(since) - Date.now()) < 60_000);
  const expected = {
    title: 'Slurm',
    folder: spool,
    runs: 4,
    running: 1,
    hosts: ['node1'],
    ended: 1,
    collector: null,
  };
  assert.deepEqual(told, expected);

  // taken by one that was killed before it said so, and not wanted any more
  complete(host.store(), first);
  host.store().endRun(third, 'cancelled');
  await tidySpool(host, 'sample');
  assert.deepEqual(
    (await spooledRuns(spool)).map(({ run }) => run),
    [second, fourth],
  );
  for (const run of [second, fourth]) complete(host.store(), run);
  await tidySpool(host, 'sample');
  assert(!existsSync(spool));
});

test('workers train nothing of a study in the trash; brought back it goes on in its spool, and once it is deleted that is gone', async (context) => {
  const { host, spool, wait } = await submitted(context);
  await wait(0);
  host.store().trashStudy('sample');
  await stopSubmitted(host, 'sample');
  const watch = new HeartbeatWatch({ beatSeconds: 1, expirySeconds: 2 });
  const search = {
    spool,
    worker: 'one',
    watch,
    onDamaged: (_: string, error: unknown) => assert.fail(String(error)),
  };
  for await (const { run } of findRuns(search, new Set()).free) assert.fail(`${run} would be trained`);
  await removeDeletedSpools(host);
  assert.equal((await spooledRuns(spool)).length, 4, 'it can be brought back');
  host.store().restoreStudy('sample');
  await removeDeletedSpools(host);
  assert.equal((await spooledRuns(spool)).length, 4);
  host.store().trashStudy('sample');
  host.store().deleteTrashed(null);
  // the worker that had one is dead: its run is taken from it
  await removeDeletedSpools(host);
  assert(!existsSync(spool));
});

test('a host that does not answer is not waited for, and what is to be done there ends with the application', async (context) => {
  const { host, later } = await submitted(context);
  const programs = temporaryFolder(context);
  writeFileSync(join(programs, 'ssh'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
  const before = process.env['PATH'];
  process.env['PATH'] = `${programs}${delimiter}${before ?? ''}`;
  context.after(() => (process.env['PATH'] = before));
  const on = { at: { host: 'cluster', program: null }, store: host.store().identity(), study: 'gone' };
  await noteSpool(host.home, { spool: '/there', on: { ...on, executor: 'slurm', settings: {} } });
  await removeDeletedSpools(host);
  assert.equal(later.length, 1);
  const ending = new AbortController();
  const work = later[0]?.(ending.signal);
  ending.abort();
  await work;
  assert.equal((await spoolsOf(host.home, on.store)).length, 2, 'the next start finds it');
});

test('a study goes on where its runs are unless somebody says otherwise; one whose workers cannot be had is not asked after again', async (context) => {
  const { host, runs, launches } = await submitted(context);
  const problem = () => host.queue.status('sample').problem;
  const ended = async () => {
    while (host.queue.busy) await new Promise((resolve) => setImmediate(resolve));
  };
  await followSubmitted(host);
  await ended();
  const there = { executor: 'slurm', settings: { time: '30' } };
  const { only, leaves, ...followed } = launches[0] ?? USUAL_LAUNCH;
  assert.deepEqual([only, leaves, followed], [runs, false, { ...USUAL_LAUNCH, ...there }]);
  assert.match(problem() ?? '', /does not answer/);
  await followSubmitted(host);
  await ended();
  assert.equal(launches.length, 1);
  await assert.rejects(launchStudy(host, 'sample', { ...USUAL_LAUNCH, settings: { fuse: 2 } }), {
    code: 'usage',
    message: /"sample" is trained elsewhere \(Slurm\), .* add --executor local-processes/,
  });
  await launchStudy(host, 'sample', USUAL_LAUNCH);
  await ended();
  await launchStudy(host, 'sample', { ...USUAL_LAUNCH, executor: 'local-processes' });
  await ended();
  assert.deepEqual(
    launches.slice(1).map(({ executor, settings }) => [executor, settings]),
    [
      ['slurm', { time: '30' }],
      ['local-processes', undefined],
    ],
  );
});
