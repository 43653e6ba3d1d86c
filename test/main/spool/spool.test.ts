import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { endAttempt, readEnd } from '../../../src-main/spool/attempt-end.ts';
import { collectArtifacts } from '../../../src-main/spool/collect-files.ts';
import { RunReader } from '../../../src-main/spool/follow-run.ts';
import { lastToldStep, takeOver } from '../../../src-main/spool/former-attempts.ts';
import { beat, HeartbeatWatch } from '../../../src-main/spool/heartbeat.ts';
import { lastAttempt, type Lease, takeLease } from '../../../src-main/spool/lease.ts';
import { ProgressTail, ProgressWriter } from '../../../src-main/spool/progress-file.ts';
import { setAside } from '../../../src-main/spool/set-aside.ts';
import { DamagedFile } from '../../../src-main/spool/spool-files.ts';
import {
  type AttemptPlace,
  attemptPlace,
  type SpooledRun,
  spooledRuns,
  spoolPlaces,
} from '../../../src-main/spool/spool-places.ts';
import { findSpool, makeSpool } from '../../../src-main/spool/spool-study.ts';
import { OtherTask, submitRun } from '../../../src-main/spool/submit-run.ts';
import { readTask, writeTask } from '../../../src-main/spool/task-file.ts';
import { removeRun, withdrawRun } from '../../../src-main/spool/withdraw-run.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { writeNoise } from '../executors/write-noise.ts';
import { timeMetrics } from '../../../src-shared/metrics/metrics.ts';
import { epochOf, STEPS } from '../../fixtures/scripted-numbers.ts';
import { spentSchema } from '../../../src-shared/studies/spent.ts';
import type { GoOn, TrainingProgress } from '../../../src-shared/studies/trainer-protocol.ts';

const RACER = fileURLToPath(new URL('../../fixtures/lease-racer.ts', import.meta.url));
const RHYTHM = { beatSeconds: 1, expirySeconds: 10 };
const LEASE: Lease = {
  worker: 'one',
  engine: { name: 'none', version: '1', device: 'CPU:0', threads: 1 },
  host: 'here',
  platform: 'any',
  nodeVersion: '24',
  kindlingVersion: '0',
};

async function newSpool(context: TestContext, runs: readonly string[] = []): Promise<string> {
  const spool = mkdtempSync(join(tmpdir(), 'kindling-spool-'));
  context.after(() => rmSync(spool, { recursive: true, force: true }));
  const study = { study: 'sample', store: 'store', kindlingVersion: '0', executor: 'background' };
  await makeSpool(spool, { ...study, settings: {}, rhythm: RHYTHM });
  for (const run of runs) mkdirSync(spoolPlaces.run(spool, run));
  return spool;
}

async function leased(spool: string, run: string, number: number): Promise<AttemptPlace> {
  const attempt = await takeLease(spool, run, number, LEASE);
  assert(attempt, `${run} is leased`);
  await beat(attempt, 0);
  return attempt;
}

const steps = (...numbers: number[]): TrainingProgress => ({
  type: 'steps',
  points: numbers.map((step) => ({
    step,
    loss: 1 / step,
    accuracy: 0.5,
    learningRate: 0.1,
    imagesPerSecond: 10,
    dataWaitShare: 0,
  })),
});
const goingOn = (step: number): TrainingProgress => ({ type: 'going on', step, note: null });

async function tell(
  attempt: AttemptPlace,
  ...told: TrainingProgress[]
): Promise<{ bytes: number; sha256: string }> {
  const writer = await ProgressWriter.open(attempt.progress);
  for (const progress of told) writer.add(progress);
  const written = await writer.finish();
  await writer.close();
  return written;
}

const failed = { state: 'failed', failure: { code: 'loss-not-finite', message: 'NaN', step: 3 } } as const;

test('of several processes one gets each lease, and one ends each attempt', async (context) => {
  const runs = 12;
  const spool = await newSpool(
    context,
    Array.from({ length: runs }, (_, run) => `run-${run}`),
  );
  const race = (): Promise<{ stdout: string }> =>
    promisify(execFile)(process.execPath, [RACER, spool, String(runs)]);
  const got = (await Promise.all(Array.from({ length: 4 }, race))).flatMap(({ stdout }) =>
    stdout.trim().split('\n'),
  );
  const expected = Array.from({ length: runs }, (_, run) => [`lease run-${run}`, `end run-${run}`]).flat();
  assert.deepEqual(got.filter((line) => line !== '').sort(), expected.sort());
  assert.deepEqual(readdirSync(attemptPlace(spool, 'run-0', 1).folder).sort(), ['end.json', 'lease.json']);
});

test('signs of life count by the clock of the one who looks, and his own sleep does not count', async (context) => {
  const spool = await newSpool(context, ['run']);
  const attempt = await leased(spool, 'run', 1);
  let now = 0;
  const watch = new HeartbeatWatch(RHYTHM, () => now);
  const after = async (seconds: number): Promise<boolean> => {
    now += seconds * 1000;
    return watch.isExpired(attempt);
  };
  for (let second = 0; second <= 10; second++) assert.equal(await after(1), false);
  await beat(attempt, 1);
  assert.equal(await after(1), false);
  // he slept for an hour, and so may the worker have
  assert.equal(await after(3600), false);
  for (let second = 0; second < 8; second++) assert.equal(await after(1), false);
  assert.equal(await after(1), true);
});

test('a run that is taken over is told as one: until the step from which the next attempt goes on', async (context) => {
  const spool = await newSpool(context, ['run']);
  const first = await leased(spool, 'run', 1);
  await tell(first, steps(1, 2), steps(3, 4, 5));
  // cut off in the middle of a line
  appendFileSync(first.progress, '{"type":"steps","points":[{"st');
  const reader = new RunReader(spool, 'run');
  assert.deepEqual(
    (await reader.read()).map(({ type }) => type),
    ['begun', 'progress', 'progress'],
  );
  assert.equal(await lastToldStep(spool, 'run', 0), 5);

  assert(await endAttempt(first, { state: 'lost', by: 'another' }));
  const second = await leased(spool, 'run', 2);
  assert.deepEqual(await reader.read(), [], 'what it goes on from is not known yet');
  const progress = await tell(second, goingOn(3), steps(4, 5, 6));
  assert.equal(
    await endAttempt(first, { state: 'done', outcome: failed, progress }),
    false,
    'who lost a run publishes nothing',
  );
  assert(await endAttempt(second, { state: 'done', outcome: failed, progress }));

  const news = await reader.read();
  assert.deepEqual(
    news.map((item) => (item.type === 'progress' ? item.progress : item.type)),
    ['begun', goingOn(3), steps(4, 5, 6), 'done'],
  );
  const anew = await new RunReader(spool, 'run').read();
  assert.deepEqual(
    anew.map((item) => (item.type === 'progress' ? item.progress.type : item.type)),
    ['begun', 'steps', 'steps', 'begun', 'going on', 'steps', 'done'],
  );
});

test('a damaged result is set aside, and the run is free again', async (context) => {
  const spool = await newSpool(context, ['run']);
  const attempt = await leased(spool, 'run', 1);
  const progress = await tell(attempt, steps(1));
  await endAttempt(attempt, { state: 'done', outcome: failed, progress });
  const text = readFileSync(attempt.progress, 'utf8');
  writeFileSync(attempt.progress, text.replace('"loss":1', '"loss":2'));
  const reader = new RunReader(spool, 'run');
  await assert.rejects(reader.read(), DamagedFile);
  await setAside(attempt, 'damaged');
  // what came before the damage was found is told all the same, and what this attempt told is none that another may rest on
  const types = async (): Promise<string[]> => (await reader.read()).map(({ type }) => type);
  assert.deepEqual(await types(), ['begun', 'progress']);
  assert.equal(await lastToldStep(spool, 'run', 0), 0);
  assert.deepEqual(await lastAttempt(spool, 'run'), { state: 'free', number: 2 });
  assert(existsSync(`${attempt.end}.damaged`));
  await tell(await leased(spool, 'run', 2), goingOn(0), steps(1));
  assert.deepEqual(await types(), ['begun', 'progress', 'progress']);
});

test('what is told after the end of a run is no part of it', async (context) => {
  const spool = await newSpool(context, ['run']);
  const attempt = await leased(spool, 'run', 1);
  const writer = await ProgressWriter.open(attempt.progress);
  writer.add(steps(1));
  const progress = await writer.finish();
  // a resume checkpoint that was made beside the last steps
  writer.add({ type: 'resume checkpoint', step: 1 });
  await writer.toDisk();
  await writer.close();
  await endAttempt(attempt, { state: 'done', outcome: failed, progress });
  const told = await new RunReader(spool, 'run').read();
  assert.deepEqual(
    told.map(({ type }) => type),
    ['begun', 'progress', 'done'],
  );
});

test('bytes that a late server has not got yet are waited for', async (context) => {
  const spool = await newSpool(context, ['run']);
  const attempt = await leased(spool, 'run', 1);
  await tell(attempt, steps(1), steps(2));
  const whole = readFileSync(attempt.progress);
  const tail = new ProgressTail(attempt.progress);
  writeFileSync(
    attempt.progress,
    Buffer.concat([whole.subarray(0, 10), Buffer.alloc(whole.length - 11), Buffer.from('\n')]),
  );
  assert.deepEqual(await tail.read(), []);
  assert(tail.isDamaged);
  writeFileSync(attempt.progress, whole);
  assert.deepEqual(await tail.read(), [steps(1), steps(2)]);
});

test('the next attempt has the latest files of those before, which stay as they are', async (context) => {
  const spool = await newSpool(context, ['run']);
  const write = (number: number, file: string, text: string): void => {
    const { artifacts } = attemptPlace(spool, 'run', number);
    mkdirSync(artifacts, { recursive: true });
    writeFileSync(join(artifacts, file), text);
  };
  write(1, 'initial.safetensors', 'a');
  write(1, 'resume-10.safetensors', 'b');
  write(1, '.resume-20.safetensors.unfinished', 'half');
  write(2, 'resume-10.safetensors', 'c');
  const third = attemptPlace(spool, 'run', 3);
  await takeOver(spool, 'run', third);
  assert.deepEqual(readdirSync(third.artifacts).sort(), ['initial.safetensors', 'resume-10.safetensors']);
  assert.equal(readFileSync(join(third.artifacts, 'resume-10.safetensors'), 'utf8'), 'c');
  // the first and the third name one file: nothing else is left of that
  const fourth = attemptPlace(spool, 'run', 4);
  await takeOver(spool, 'run', fourth);
  assert.deepEqual(readdirSync(fourth.artifacts).sort(), readdirSync(third.artifacts).sort());
});

test('a run brings all its files whole, also where that was cut off; one that was tried keeps what there is', async (context) => {
  const spool = await newSpool(context);
  const artifacts = join(spool, 'former');
  const brought = attemptPlace(spool, 'run', 0).artifacts;
  for (const folder of [artifacts, brought]) mkdirSync(folder, { recursive: true });
  for (const file of ['initial.safetensors', 'resume-10.safetensors'])
    writeFileSync(join(artifacts, file), file);
  writeFileSync(join(brought, 'initial.safetensors'), 'init');
  writeNoise(join(spool, 'data'));
  const specification = {
    ...{ run: 'run', network: {}, dataset: join(spool, 'data', 'noise'), validationShare: 0, seed: 1 },
    ...{
      recipe: recipeSchema.parse({ epochs: 1, batch: 8, learningRate: 0.1 }),
      trainingLimit: 0,
      artifacts,
    },
    ...{ resumeSeconds: 60, goOn: { upTo: 10, how: 'exact' as const } },
  };
  const submit = () => submitRun(spool, specification, { known: null, place: 0, threads: 1 });
  const files = () =>
    Object.fromEntries(readdirSync(brought).map((file) => [file, readFileSync(join(brought, file), 'utf8')]));
  const { wasThere } = await submit();
  assert.equal(wasThere, false);
  assert.deepEqual(files(), {
    'initial.safetensors': 'initial.safetensors',
    'resume-10.safetensors': 'resume-10.safetensors',
  });

  await leased(spool, 'run', 1);
  rmSync(join(brought, 'resume-10.safetensors'));
  assert.equal((await submit()).wasThere, true);
  assert.deepEqual(Object.keys(files()), ['initial.safetensors']);
});

test('a run that goes on from the end of another one is another task once that is gone, unless its points are recorded', async (context) => {
  const spool = await newSpool(context);
  writeNoise(join(spool, 'data'));
  const parts = Object.fromEntries(timeMetrics.map((part) => [part, 1]));
  const spent = spentSchema.parse({
    seconds: 1,
    parts,
    preparationSeconds: 1,
    peakMemoryBytes: 1,
    timedSteps: 1,
  });
  const computedBy = { name: 'none', version: '1', device: 'CPU:0', threads: 1, kindling: '0' };
  const from = {
    ...{ run: 'shorter', folder: spool, artifacts: [], bestValidationAccuracy: null, computedBy },
    ...{ mode: 'eager' as const, last: epochOf(1), spent },
  };
  const specification = {
    ...{ run: 'run', network: {}, dataset: join(spool, 'data', 'noise'), validationShare: 0, seed: 1 },
    ...{ recipe: recipeSchema.parse({ epochs: 2, batch: 8, learningRate: 0.1 }), trainingLimit: 0 },
    ...{ artifacts: join(spool, 'former'), resumeSeconds: 60 },
  };
  const submit = (goOn: Partial<GoOn>, known: SpooledRun | null) => {
    const given = { ...specification, goOn: { upTo: STEPS, how: 'exact' as const, ...goOn } };
    return submitRun(spool, given, { known, place: 0, threads: 1 });
  };
  const { spooled } = await submit({ from }, null);
  await submit({ from }, spooled);
  await submit({}, spooled);
  await assert.rejects(submit({ upTo: 0 }, spooled), OtherTask);
  await assert.rejects(submit({ from: { ...from, run: 'another' } }, spooled), OtherTask);
});

test('a task is whole or known to be damaged, and tasks keep their order', async (context) => {
  const spool = await newSpool(context);
  const task = (run: string) => ({
    specification: {
      ...{ run, network: { family: 'squeezenet' }, dataset: '/data', validationShare: 0, trainingLimit: 0 },
      ...{
        recipe: recipeSchema.parse({ epochs: 1, batch: 8, learningRate: 0.1 }),
        seed: 1,
        artifacts: '/a',
        resumeSeconds: 60,
      },
    },
    threads: 1,
    dataHash: 'hash',
  });
  for (const [place, run] of ['zz', 'aa', 'mm'].entries()) await writeTask(spool, place, task(run));
  const [first, , third] = await spooledRuns(spool);
  assert.deepEqual(
    (await spooledRuns(spool)).map(({ run }) => run),
    ['zz', 'aa', 'mm'],
  );
  assert(first && third);
  assert.deepEqual(await readTask(first), task('zz'));
  writeFileSync(third.file, readFileSync(third.file, 'utf8').replace('"seed":1', '"seed":2'));
  await assert.rejects(readTask(third), DamagedFile);
  assert.equal((await findSpool(spool))?.study, 'sample');
  writeFileSync(spoolPlaces.study(spool), '{"format":99}');
  await assert.rejects(findSpool(spool), /has format 99, this Kindling knows format 1/);
});

test('a run that is withdrawn is trained by nobody, also by who has just come upon it', async (context) => {
  const spool = await newSpool(context, ['free', 'dead']);
  assert.equal((await withdrawRun(spool, 'free', RHYTHM)).state, 'stopped');
  await leased(spool, 'dead', 1);
  const quick = { beatSeconds: 0.05, expirySeconds: 0.1 };
  assert.equal((await withdrawRun(spool, 'dead', quick)).state, 'stopped');
  assert.equal((await readEnd(attemptPlace(spool, 'dead', 1)))?.state, 'lost');
  await removeRun(spool, { run: 'dead', place: 0, file: join(spoolPlaces.tasks(spool), '000000.dead.json') });
  assert.equal(await takeLease(spool, 'dead', 3, LEASE), null, 'a run that is gone cannot be leased');
});

test('files of a result are taken once, and only as the result says', async (context) => {
  const spool = await newSpool(context);
  const from = join(spool, 'from');
  const to = join(spool, 'to');
  mkdirSync(from);
  writeFileSync(join(from, 'last.safetensors'), 'hello');
  const sha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
  const artifact = { kind: 'last', file: 'last.safetensors', bytes: 5, sha256 };
  await assert.rejects(collectArtifacts(from, to, [{ ...artifact, sha256: 'f'.repeat(64) }]), DamagedFile);
  await collectArtifacts(from, to, [artifact]);
  assert.deepEqual(
    [existsSync(join(from, 'last.safetensors')), readFileSync(join(to, 'last.safetensors'), 'utf8')],
    [false, 'hello'],
  );
  // cut off after that
  await collectArtifacts(from, to, [artifact]);
});
