import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readDescription } from '../../../src-main/datasets/description-file.ts';
import { REQUEUE, workerCommand } from '../../../src-main/executors/spool/worker-command.ts';
import { enginesFolder, kindlingHome } from '../../../src-main/home.ts';
import { endAttempt, readEnd } from '../../../src-main/spool/attempt-end.ts';
import { type Lease, lastAttempt, takeLease } from '../../../src-main/spool/lease.ts';
import { patiently } from '../../../src-main/spool/patiently.ts';
import { spoolPlaces } from '../../../src-main/spool/spool-places.ts';
import { makeSpool } from '../../../src-main/spool/spool-study.ts';
import { writeTask } from '../../../src-main/spool/task-file.ts';
import { type LeasedRun, trainLeased } from '../../../src-main/spool/worker/train-leased.ts';
import { withRoom } from '../../../src-main/spool/worker/with-room.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { writeNoise } from '../executors/write-noise.ts';

const RHYTHM = { beatSeconds: 1, expirySeconds: 10 };
const ENGINE = { name: 'none', version: '1', device: 'CPU:0', threads: 1 };
const LEASE: Lease = {
  ...{ worker: 'one', engine: ENGINE, host: 'here', platform: 'any' },
  ...{ nodeVersion: '24', kindlingVersion: '0' },
};

/** A run that is leased after so many attempts whose workers died, with a trainer that only fails. */
async function leasedRun(
  context: TestContext,
  { lost = 0, dataHash }: { readonly lost?: number; readonly dataHash?: string },
): Promise<LeasedRun & { readonly said: string[] }> {
  const root = mkdtempSync(join(tmpdir(), 'kindling-worker-'));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  writeNoise(join(root, 'data'));
  const spool = join(root, 'spool');
  const study = { study: 'sample', store: 'store', kindlingVersion: '0', executor: 'background' };
  await makeSpool(spool, { ...study, settings: {}, rhythm: RHYTHM });
  const dataset = join(root, 'data', 'noise');
  const specification = {
    ...{ run: 'run', network: { family: 'squeezenet' }, dataset, validationShare: 0, trainingLimit: 0 },
    ...{ recipe: recipeSchema.parse({ epochs: 1, batch: 8, learningRate: 0.1 }), seed: 1 },
    ...{ artifacts: '/a', resumeSeconds: 60 },
  };
  const task = { specification, threads: 1, dataHash: dataHash ?? readDescription(dataset).hash };
  await writeTask(spool, 0, task);
  for (let number = 1; number <= lost; number++) {
    const died = await takeLease(spool, 'run', number, LEASE);
    assert(died && (await endAttempt(died, { state: 'lost', by: 'two' })));
  }
  const attempt = await takeLease(spool, 'run', lost + 1, LEASE);
  assert(attempt);
  const said: string[] = [];
  const trainer = {
    ...{ pid: 1, about: ENGINE, death: () => null },
    work: () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    leave: () => Promise.resolve(),
    kill: () => undefined,
  };
  return {
    ...{ spool, run: 'run', task, number: lost + 1, attempt, rhythm: RHYTHM, said },
    trainer: trainer as unknown as LeasedRun['trainer'],
    stop: new AbortController().signal,
    say: (line) => said.push(line),
  };
}

test('a worker with other data refuses, says what it found, and gives the run back', async (context) => {
  const leased = await leasedRun(context, { dataHash: 'another' });
  await assert.rejects(trainLeased(leased), {
    code: 'data-invalid',
    message: /is not the one that the study was submitted with: its hash is \w+, not another/,
  });
  assert.equal((await readEnd(leased.attempt))?.state, 'given back');
  assert.deepEqual(await lastAttempt(leased.spool, 'run'), { state: 'free', number: 2 });
});

test('a run over which twenty workers died is not given to another trainer: it has failed', async (context) => {
  const leased = await leasedRun(context, { lost: 20 });
  await trainLeased(leased);
  const end = await readEnd(leased.attempt);
  assert(end?.state === 'done' && end.outcome.state === 'failed');
  assert.match(end.outcome.failure.message, /^20 workers died while they trained this run/);
});

test('a run whose training meets a full disk is given back, also after nineteen that died', async (context) => {
  const leased = await leasedRun(context, { lost: 19 });
  await assert.rejects(trainLeased(leased), /no space left/);
  const end = await readEnd(leased.attempt);
  assert.deepEqual(end, { state: 'given back', why: 'no space left' });
});

test('what a late server refuses is asked again, for a time; what is full, only while the worker may stay', async () => {
  const failing = (code: string, times: number) => {
    let asked = 0;
    return () =>
      asked++ < times ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve(asked);
  };
  assert.equal(await patiently(failing('ESTALE', 2)), 3);
  assert.equal(await patiently(failing('EIO', 1)), 2);
  await assert.rejects(patiently(failing('EIO', 99), 0.2), { code: 'EIO' });
  await assert.rejects(patiently(failing('ENOENT', 1)), { code: 'ENOENT' });
  const said: string[] = [];
  const stop = new AbortController();
  const say = (line: string): void => {
    said.push(line);
    stop.abort();
  };
  await assert.rejects(withRoom(failing('ENOSPC', 99), { stop: stop.signal, say }), { code: 'ENOSPC' });
  assert.deepEqual(said, ['the disk of the spool is full: waiting for room (ENOSPC)']);
});

test('a worker whose seconds are over stops as by SIGTERM, and asks to be started again', async (context) => {
  const home = mkdtempSync(join(tmpdir(), 'kindling-worker-'));
  context.after(() => rmSync(home, { recursive: true, force: true }));
  symlinkSync(enginesFolder(kindlingHome()), join(home, 'engines'));
  const spool = join(home, 'spool');
  const study = { study: 'sample', store: 'store', kindlingVersion: '0', executor: 'background' };
  await makeSpool(spool, { ...study, settings: {}, rhythm: RHYTHM });
  // more may come, for which it waits
  writeFileSync(spoolPlaces.open(spool), '');
  const [program = '', ...parameters] = workerCommand(spool, { seconds: 2 });
  const began = performance.now();
  // and a log that cannot be written, as where the disk of the spool is full, is no reason to end
  const log = openSync(process.platform === 'linux' ? '/dev/full' : '/dev/null', 'w');
  context.after(() => closeSync(log));
  mkdirSync(spoolPlaces.run(spool, 'damaged'));
  writeFileSync(join(spoolPlaces.tasks(spool), '000001.damaged.json'), '{');
  const { status } = spawnSync(program, parameters, {
    env: { ...process.env, KINDLING_HOME: home },
    stdio: ['ignore', log, log],
  });
  assert.equal(status, REQUEUE);
  assert(performance.now() - began >= 2000);
});
