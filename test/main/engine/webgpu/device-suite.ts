import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { alone } from '../../../../src-main/engine/alone.ts';
import { compileProgram } from '../../../../src-main/engine/compile-program.ts';
import type { Engine } from '../../../../src-main/engine/engine.ts';
import { engineKindNamed } from '../../../../src-main/engine/engines/registry.ts';
import {
  type EngineInstallation,
  listEngines,
} from '../../../../src-main/engine/installations/installation.ts';
import { openEngine } from '../../../../src-main/engine/open-engine.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { engineSuite } from '../engine-suite.ts';
import { assertClose, batchOf, graphOf, TINY, unevenState } from '../networks.ts';

// For on-a-software-device.test.ts: in a process that has one from its start. Both engines are opened here, one after the other.

const STEPS = 20;
const BATCH = 8;

/** SqueezeNet with batch norm. */
const graph = graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16);

async function compiled(engine: Engine) {
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations);
  const training = alone(await compileProgram(engine, program, { training: BATCH, evaluation: BATCH }));
  await training.writeState(unevenState(program));
  return { training, program };
}

async function losses(engine: Engine): Promise<number[]> {
  const { training } = await compiled(engine);
  const found: number[] = [];
  for (let step = 0; step < STEPS; step++)
    found.push((await training.step(batchOf(graph, BATCH, step, 0.01))).loss);
  training.close();
  return found;
}

const tensorflow = listEngines(kindlingHome()).find(({ engine }) => engine === 'tensorflow');
const expected = tensorflow ? await losses(await openEngine(tensorflow)) : null;
const webgpu = await engineKindNamed('webgpu').open({ name: 'webgpu', version: '0.6' } as EngineInstallation);

test(
  `the losses of ${STEPS} steps are TensorFlow's`,
  { skip: expected === null && 'TensorFlow is not installed' },
  async () => {
    // seen: 2e-6
    assertClose(await losses(webgpu), expected ?? [], 1e-4, 'losses');
  },
);

test('what the device could not do is an error of the next result, eager or compiled, and of no other', async () => {
  const { device } = tf.backend() as unknown as Pick<WebGPUBackend, 'device'>;
  const refused = { message: /^The GPU could not do what it was told: .*usage/s };
  const fail = (): void => void device.createBuffer({ size: 4, usage: 0 });
  const eager = async () => [...(await tf.add(1, 1).data())];
  fail();
  await assert.rejects(eager(), refused);
  assert.deepEqual(await eager(), [2]);
  const { training, program } = await compiled(webgpu);
  const step = () => training.step(batchOf(graph, BATCH));
  const { loss } = await step();
  fail();
  await assert.rejects(step(), refused);
  await training.writeState(unevenState(program));
  assert.equal((await step()).loss, loss);
  training.close();
});

test('whoever waits for the device takes no core meanwhile', async () => {
  const product = async (): Promise<void> => {
    const big = tf.ones([256, 256]);
    await tf.tidy(() => tf.max(tf.matMul(tf.matMul(big, big), big))).data();
    big.dispose();
  };
  // the first compiles, in this thread
  await product();
  const before = performance.eventLoopUtilization();
  await product();
  // seen: 0.1; 1 where Dawn asks all the time
  const { utilization } = performance.eventLoopUtilization(before);
  assert.ok(utilization < 0.6, `at work for ${utilization} of the time`);
});

engineSuite(webgpu);
