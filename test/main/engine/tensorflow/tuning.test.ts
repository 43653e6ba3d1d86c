import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { tensorFlowEnvironment } from '../../../../src-main/engine/engines/tensorflow/environment.ts';
import { OWN_OPERATIONS } from '../../../../src-main/engine/engines/tensorflow/own-operations.ts';
import {
  ensureTuning,
  tuneAnew,
} from '../../../../src-main/engine/engines/tensorflow/tuning/ensure-tuning.ts';
import { MEASURED_NETWORKS } from '../../../../src-main/engine/engines/tensorflow/tuning/measured-networks.ts';
import { MEASURING } from '../../../../src-main/engine/engines/tensorflow/tuning/measuring-work.ts';
import { slowerOwn } from '../../../../src-main/engine/engines/tensorflow/tuning/tune.ts';
import {
  describeTuning,
  examineTuning,
  measuredSubject,
  readTuning,
  type Tuning,
  tuningFile,
  writeTuning,
} from '../../../../src-main/engine/engines/tensorflow/tuning/tuning.ts';
import { MEASURED_ENGINE } from '../../../../src-main/engine/measuring/steps-work.ts';
import {
  type EngineInstallation,
  selectedEngine,
} from '../../../../src-main/engine/installations/installation.ts';
import type { InstallProgress } from '../../../../src-main/engine/installations/progress.ts';
import { takeLock } from '../../../../src-main/files/exclusive-lock.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import type { Gain } from '../../../../src-shared/studies/measured-trainers.ts';
import { startWorker } from '../../../../src-main/work/worker.ts';

const installed = selectedEngine(kindlingHome());
const VARIABLES = [
  'KINDLING_TUNING',
  'TF_ENABLE_ONEDNN_OPTS',
  'KINDLING_WITHOUT_KERNELS',
  'KINDLING_KERNELS',
] as const;
const before = VARIABLES.map((name) => process.env[name]);
let folder: string;
let engine: EngineInstallation;
let tuning: Tuning;

beforeEach(() => {
  for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  folder = mkdtempSync(join(tmpdir(), 'kindling-tuning-'));
  // there is no library in that folder
  engine = { ...installed, folder, kind: 'cpu' };
  tuning = {
    subject: measuredSubject(engine),
    ...{ batch: 32, threads: 1, rounds: 3, load: 0.5, at: '2026-01-01T00:00:00.000Z' },
    oneDnn: false,
    oneDnnGains: { squeezenet: gain(0.8) },
    withoutOwn: ['shuffleChannels'],
    ownGains: {
      shuffleChannels: { squeezenet: gain(0.96) },
      depthwise: { mobilenet: gain(1.2), shufflenet: gain(1.25) },
    },
    trainers: [{ network: 'squeezenet', batch: 32, stepMacs: 1e8, jobs: 2, gain: gain(1.4) }],
  };
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const [index, name] of VARIABLES.entries()) {
    const value = before[index];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

/** That was the same in each comparison. */
function gain(median: number): Gain {
  return { median, low: median, high: median };
}

function environment(): (string | undefined)[] {
  const { TF_ENABLE_ONEDNN_OPTS: oneDnn, KINDLING_WITHOUT_KERNELS: without } =
    tensorFlowEnvironment(engine)(2);
  return [oneDnn, without];
}

test('what was measured is used, unless the user has decided', () => {
  assert.deepEqual(environment(), [undefined, undefined]);
  writeTuning(engine, tuning);
  assert.deepEqual(readTuning(engine), tuning);
  assert.deepEqual(environment(), ['0', 'shuffleChannels']);
  writeTuning(engine, { ...tuning, oneDnn: true, withoutOwn: [] });
  assert.deepEqual(environment(), ['1', '']);
  process.env['TF_ENABLE_ONEDNN_OPTS'] = '0';
  assert.deepEqual(environment(), [undefined, '']);
  process.env['KINDLING_TUNING'] = 'off';
  assert.deepEqual(environment(), [undefined, undefined]);
});

test('the trainers of a study compute alike, whatever is tuned meanwhile', () => {
  writeTuning(engine, tuning);
  const environmentOf = tensorFlowEnvironment(engine);
  const first = environmentOf(1);
  writeTuning(engine, { ...tuning, oneDnn: true });
  assert.deepEqual(environmentOf(1), first);
});

test('a record is of one machine, one TensorFlow and the same kernels; another cannot be read', () => {
  writeTuning(engine, tuning);
  assert.equal(readTuning({ folder, version: '2.99.0' }), null);
  process.env['KINDLING_KERNELS'] = 'portable';
  assert.equal(readTuning(engine), null);
  delete process.env['KINDLING_KERNELS'];
  // as a copied home has it: the record of a machine with another name
  const of = tuningFile(engine);
  writeFileSync(join(folder, 'tuning-000000000000.json'), readFileSync(of));
  rmSync(of);
  assert.equal(readTuning(engine), null);
  writeFileSync(of, '{"oneDnn": 1');
  assert.equal(readTuning(engine), null);
});

test(
  'processors of one name are told apart by their vector instructions',
  {
    skip: !(process.platform === 'linux' && process.arch === 'x64'),
  },
  () => {
    assert.match(measuredSubject(engine)['instructions'] ?? '', /\bsse4_1\b/);
  },
);

test('what was chosen is told in a line', () => {
  const check = () => examineTuning(engine).map(({ state, remedy }) => [state, remedy]);
  assert.deepEqual(check(), [['warning', 'kindling engine tune']]);
  process.env['KINDLING_TUNING'] = 'off';
  assert.deepEqual(check(), [['warning', 'unset KINDLING_TUNING']]);
  delete process.env['KINDLING_TUNING'];
  writeTuning(engine, tuning);
  assert.deepEqual(
    examineTuning(engine).map(({ message }) => message),
    [
      'Eigen, 1.25 times as fast as oneDNN; our kernels: depthwise 1.22; not ours: shuffleChannels 0.96; images/s of parallel trainers over one of all threads: 2 of 1 thread with squeezenet 1.40 (steps of 1 network at batch 32, 1 thread, load 0.5, 2026-01-01)',
    ],
  );
  assert.equal(
    describeTuning({
      ...tuning,
      oneDnn: true,
      oneDnnGains: { squeezenet: gain(1.5) },
      ownGains: {},
      trainers: [],
    }),
    'oneDNN, 1.50 times as fast as without',
  );
  assert.deepEqual(examineTuning({ ...engine, kind: 'gpu' }), []);
});

test("kernels of ours are left for TensorFlow's where it is certain that these are faster", () => {
  const all = (each: Gain) =>
    Object.fromEntries(OWN_OPERATIONS.map((name) => [name, { squeezenet: each, mobilenet: each }]));
  assert.deepEqual(slowerOwn(all(gain(0.9))), OWN_OPERATIONS);
  for (const each of [gain(0.99), gain(1), gain(1.1)]) assert.deepEqual(slowerOwn(all(each)), []);
  // on a busy machine
  assert.deepEqual(slowerOwn(all({ median: 0.9, low: 0.8, high: 1.1 })), []);
  // a network that loses little beside one that gains much
  assert.deepEqual(slowerOwn({ depthwise: { mobilenet: gain(1.3), shufflenet: gain(0.95) } }), []);
});

test('some network measures each kernel of ours', () => {
  const measured = new Set(MEASURED_NETWORKS.flatMap(({ own }) => own));
  assert.deepEqual([...measured].toSorted(), OWN_OPERATIONS.toSorted());
});

test('steps are measured on the engine, variants by turns', { skip: installed.kind === 'gpu' }, async () => {
  const worker = await startWorker(MEASURING, {
    environment: { ...tensorFlowEnvironment(installed)(1), [MEASURED_ENGINE]: installed.folder },
  });
  try {
    assert.equal(worker.about.hasOwnKernels, true);
    const variants = [[], ['convolution']];
    const { times } = await worker.work({ network: 'squeezenet', variants, milliseconds: 20 });
    assert.equal(times.length, 2);
    assert.equal(times[0]?.length, times[1]?.length);
    assert.ok(times.flat().every((milliseconds) => milliseconds > 0 && milliseconds < 60_000));
  } finally {
    worker.kill();
  }
});

test('tuning that is stopped leaves what was recorded before, and no measuring process', async () => {
  writeTuning(engine, tuning);
  const file = tuningFile(engine);
  const recorded = readFileSync(file, 'utf8');
  const controller = new AbortController();
  const reason = new Error('enough');
  const onProgress = () => void setTimeout(100).then(() => controller.abort(reason));
  await assert.rejects(tuneAnew(engine, { signal: controller.signal, onProgress }), reason);
  await assert.rejects(tuneAnew({ ...engine, kind: 'gpu' }, {}), { code: 'usage' });
  assert.equal(readFileSync(file, 'utf8'), recorded);
  // nothing is noted of what was cancelled, so that the next study begins anew
  rmSync(file);
  await assert.rejects(ensureTuning(engine, { signal: controller.signal }), reason);
  assert.deepEqual(readdirSync(folder), ['tuning.lock']);
});

test('an engine that cannot be measured trains untuned, with a note, and is not tried again by each study', async () => {
  const told: InstallProgress[] = [];
  const onProgress = (progress: InstallProgress) => void told.push(progress);
  const [note] = await ensureTuning(engine, { onProgress });
  assert.match(note ?? '', /is not tuned to this machine .*could not be measured.*tune the engine/s);
  assert.ok(told.length > 0 && told.every(({ stage }) => stage === 'measure'));
  told.length = 0;
  assert.deepEqual(await ensureTuning(engine, { onProgress }), [note]);
  assert.deepEqual(told, []);
  assert.equal(readTuning(engine), null);
  await assert.rejects(tuneAnew(engine, {}), { code: 'engine-invalid' });
});

test('while another measures it is waited for, and what it found is used', async () => {
  const lock = takeLock(join(folder, 'tuning.lock')) ?? assert.fail();
  const told: string[] = [];
  const waiting = ensureTuning(engine, { onProgress: ({ detail }) => void told.push(detail) });
  await setTimeout(400);
  assert.match(told[0] ?? '', /another Kindling/);
  writeTuning(engine, tuning);
  lock.release();
  assert.deepEqual(await waiting, []);
  assert.deepEqual(readTuning(engine), tuning);
});

test('while another measures the wait can be cancelled', async () => {
  const lock = takeLock(join(folder, 'tuning.lock')) ?? assert.fail();
  const controller = new AbortController();
  const reason = new Error('enough');
  const waiting = ensureTuning(engine, { signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(waiting, reason);
  lock.release();
});

test('there is nothing to measure on a GPU, nor where the user wants none', async () => {
  assert.deepEqual(await ensureTuning({ ...engine, kind: 'gpu' }, {}), []);
  process.env['KINDLING_TUNING'] = 'off';
  assert.deepEqual(await ensureTuning(engine, {}), []);
  assert.ok(!existsSync(join(folder, 'tuning.lock')));
});
