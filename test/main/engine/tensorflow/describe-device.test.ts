import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDevice } from '../../../../src-main/engine/engines/tensorflow/describe-device.ts';
import { gpuVersion } from '../../../../src-main/engine/engines/tensorflow/gpu-version.ts';
import { cardEnvironment } from '../../../../src-main/engine/engines/tensorflow/environment.ts';

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
});
