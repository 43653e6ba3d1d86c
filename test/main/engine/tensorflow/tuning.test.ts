import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import {
  ONE_DNN,
  tensorFlowEnvironment,
} from '../../../../src-main/engine/engines/tensorflow/environment.ts';
import { measuredNetworks } from '../../../../src-main/engine/engines/tensorflow/tuning/measured-networks.ts';
import { stepsOf, tuneTensorFlow } from '../../../../src-main/engine/engines/tensorflow/tuning/tune.ts';
import {
  describeTuning,
  examineTuning,
  machineName,
  readTuning,
  writeTuning,
} from '../../../../src-main/engine/engines/tensorflow/tuning/tuning.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../../src-main/home.ts';

const installed = selectedEngine(kindlingHome());
const TUNING = { machine: machineName(), oneDnn: false, faster: 1.25, at: '2026-01-01T00:00:00.000Z' };
const chosen = process.env[ONE_DNN];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindling-tuning-'));
  delete process.env['TF_ENABLE_ONEDNN_OPTS'];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  if (chosen !== undefined) process.env[ONE_DNN] = chosen;
});

function environment(): string | undefined {
  return tensorFlowEnvironment({ folder, libraryPath: [] }, 2)[ONE_DNN];
}

test('what was measured is used, unless the user has decided', () => {
  assert.equal(environment(), undefined);
  writeTuning({ folder }, TUNING);
  assert.deepEqual(readTuning({ folder }), TUNING);
  assert.equal(environment(), '0');
  writeTuning({ folder }, { ...TUNING, oneDnn: true });
  assert.equal(environment(), '1');
  process.env[ONE_DNN] = '0';
  assert.equal(environment(), undefined);
});

test('what was measured on another machine, or cannot be read, counts for nothing', () => {
  const engine = { folder, kind: 'cpu' as const };
  writeTuning({ folder }, { ...TUNING, machine: 'another CPU x 64, x64' });
  assert.equal(readTuning({ folder }), null);
  assert.equal(environment(), undefined);
  assert.deepEqual(
    examineTuning(engine).map(({ state, remedy }) => [state, remedy]),
    [['warning', 'kindling engine tune']],
  );
  writeFileSync(join(folder, 'tuning.json'), '{"machine": 1');
  assert.equal(readTuning({ folder }), null);
  writeTuning({ folder }, TUNING);
  assert.deepEqual(
    examineTuning(engine).map(({ message }) => message),
    ['Eigen, 1.25 times as fast as oneDNN'],
  );
  assert.equal(describeTuning({ ...TUNING, oneDnn: true }), 'oneDNN, 1.25 times as fast as without');
});

test('each network is measured on the engine', { skip: installed.kind === 'gpu' }, async () => {
  const steps = await stepsOf(installed, true, {});
  assert.equal(steps.length, measuredNetworks().length);
  assert.ok(steps.every((milliseconds) => milliseconds > 0 && milliseconds < 60_000));
});

test('tuning that is stopped, or fails, leaves what was recorded before', async () => {
  writeTuning({ folder }, TUNING);
  const file = join(folder, 'tuning.json');
  const before = readFileSync(file, 'utf8');
  const controller = new AbortController();
  const reason = new Error('enough');
  const engine = { ...installed, folder };
  await assert.rejects(
    tuneTensorFlow(
      { ...engine, kind: 'cpu' },
      { signal: controller.signal, onProgress: () => setTimeout(() => controller.abort(reason), 100) },
    ),
    reason,
  );
  // there is no engine in that folder
  await assert.rejects(tuneTensorFlow({ ...engine, kind: 'cpu' }, {}), { code: 'engine-invalid' });
  await assert.rejects(tuneTensorFlow({ ...engine, kind: 'gpu' }, {}), { code: 'usage' });
  assert.equal(readFileSync(file, 'utf8'), before);
});
