import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeDevice } from '../../../../src-main/engine/engines/tensorflow/describe-device.ts';
import { gpuVersion } from '../../../../src-main/engine/engines/tensorflow/gpu-choices.ts';
import {
  cardEnvironment,
  tensorFlowEnvironment,
} from '../../../../src-main/engine/engines/tensorflow/environment.ts';
import { chooseTensorFloat32 } from '../../../../src-main/engine/chosen-tensor-float-32.ts';
import {
  type EngineInstallation,
  listEngines,
} from '../../../../src-main/engine/installations/installation.ts';
import { knownTrainers, rememberTrainers } from '../../../../src-main/engine/measuring/trainers-record.ts';
import { computedOtherwise } from '../../../../src-shared/studies/computed-otherwise.ts';
import { installSample } from '../../api/sample-engine.ts';

const CARD = { id: 'GPU-6a6f', number: '1', name: 'NVIDIA A100', totalBytes: null, usedBytes: null };

test('a run’s record says on which card it computed, where it did on one', () => {
  const seen = ['CPU:0', 'GPU:0 NVIDIA H100'];
  const given = cardEnvironment(CARD);
  assert.deepEqual(describeDevice(true, seen, given), { device: 'GPU:0 NVIDIA A100', card: 'GPU-6a6f' });
  // a library that found no driver computes on the CPU, whatever it was given
  assert.deepEqual(describeDevice(false, seen, given), { device: 'CPU:0' });
  assert.deepEqual(describeDevice(true, seen, {}), { device: 'GPU:0 NVIDIA H100' });
  // what a cluster gave; of a card without a name the model is that of the check
  const nameless = cardEnvironment({ ...CARD, id: 'MIG-4', name: null });
  assert.deepEqual(describeDevice(true, seen, nameless), { device: 'GPU:0 NVIDIA H100', card: 'MIG-4' });
  assert.equal(describeDevice(true, seen, { CUDA_VISIBLE_DEVICES: '2,0' }).card, '2');
  assert.deepEqual(describeDevice(true, [], { CUDA_VISIBLE_DEVICES: '' }), { device: 'GPU:0' });
});

test('the version on a GPU says whether products may be rounded to TensorFloat-32', () => {
  assert.equal(gpuVersion('2.21.0', {}), '2.21.0+tf32');
  assert.equal(gpuVersion('2.21.0', { NVIDIA_TF32_OVERRIDE: '1' }), '2.21.0+tf32');
  assert.equal(gpuVersion('2.21.0', { NVIDIA_TF32_OVERRIDE: '0' }), '2.21.0+float32');
  const chosen = { KINDLING_LAYOUT: 'nhwc', KINDLING_GROUPS: 'apart' };
  assert.equal(gpuVersion('2.21.0', chosen), '2.21.0+tf32+nhwc+apart');
  assert.equal(gpuVersion('2.21.0', { KINDLING_GROUPS: 'convolutions' }), '2.21.0+tf32+convolutions');
});

test('whether products are rounded is chosen for a home: it reaches what computes on a GPU, its record, and what was measured', async (context) => {
  const home = mkdtempSync(join(tmpdir(), 'kindling-tf32-'));
  context.after(() => rmSync(home, { recursive: true, force: true }));
  const { NVIDIA_TF32_OVERRIDE: before, KINDLING_TUNING: tuning } = process.env;
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };
  context.after(() => set('NVIDIA_TF32_OVERRIDE', before));
  context.after(() => set('KINDLING_TUNING', tuning));
  set('NVIDIA_TF32_OVERRIDE', undefined);
  set('KINDLING_TUNING', undefined);
  await installSample(home, 'card');
  await installSample(home, 'processor');
  const found = (name: string): EngineInstallation => {
    const engine = listEngines(home).find((each) => each.name === name);
    return engine ?? assert.fail(name);
  };
  const onCard = (): EngineInstallation => ({ ...found('card'), kind: 'gpu' });
  const version = (engine: EngineInstallation): string =>
    gpuVersion('2.21.0', { ...process.env, ...tensorFlowEnvironment(engine)(1) });
  const told = (['library', 'on', 'off'] as const).map((chosen) => {
    assert.match(chooseTensorFloat32(home, chosen).without ?? '', /^No engine for NVIDIA GPUs/);
    assert.equal(tensorFlowEnvironment(found('processor'))(1)['NVIDIA_TF32_OVERRIDE'], undefined);
    return [tensorFlowEnvironment(onCard())(1)['NVIDIA_TF32_OVERRIDE'], version(onCard())];
  });
  assert.deepEqual(told, [
    [undefined, '2.21.0+tf32'],
    ['1', '2.21.0+tf32'],
    ['0', '2.21.0+float32'],
  ]);
  // a run that goes on is told so
  const by = { name: 'card', version: '2.21.0+tf32', device: 'GPU:0', threads: 1, kindling: '1' };
  assert.equal(
    computedOtherwise({ version: version(onCard()) }, by),
    "the engine's version is 2.21.0+float32, it was 2.21.0+tf32",
  );
  const gain = { median: 2, low: 2, high: 2 };
  rememberTrainers(onCard(), [
    { network: 'squeezenet', batch: 32, stepMacs: 1, jobs: 2, gain, card: 'A100' },
  ]);
  const known = (): number => knownTrainers(onCard()).length;
  assert.equal(known(), 1);
  chooseTensorFloat32(home, 'on');
  assert.equal(known(), 0);
  // who has set the variable has decided
  set('NVIDIA_TF32_OVERRIDE', '0');
  assert.equal(known(), 1);
  assert.equal(version(onCard()), '2.21.0+float32');
  // nor does it hold for steps that are computed in another way
  for (const [name, value] of [
    ['KINDLING_XLA', '1'],
    ['KINDLING_STEPS_A_CALL', '4'],
  ] as const) {
    const was = process.env[name];
    set(name, value);
    assert.equal(known(), 0, name);
    set(name, was);
    assert.equal(known(), 1, name);
  }
  assert.match(chooseTensorFloat32(home, 'on').without ?? '', /has NVIDIA_TF32_OVERRIDE=0, which takes/);
  set('NVIDIA_TF32_OVERRIDE', undefined);
  writeFileSync(join(home, 'tensor-float-32'), 'something else');
  assert.equal(found('card').tensorFloat32, 'library');
});
