import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { compileProgram } from '../../../src-main/engine/compile-program.ts';
import { EagerTraining } from '../../../src-main/engine/eager-training.ts';
import type { Training } from '../../../src-main/engine/engine.ts';
import { replayTolerance } from '../../../src-main/engine/compare-replay.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type ProgramRecipe,
  type TrainingProgram,
} from '../../../src-main/engine/training-program.ts';
import { alexnetLike, batchOf, distance, graphOf, TINY, unevenState } from './networks.ts';
import { engine } from './test-engine.ts';

const SIZES = { training: 8, evaluation: 6 };

function compile(program: TrainingProgram): Promise<Training> {
  return compileProgram(engine, program, SIZES);
}

type Case = readonly [title: string, graph: Graph, recipe: Partial<ProgramRecipe>];

const CASES: readonly Case[] = [
  [
    'SqueezeNet, SGD with Nesterov, batch norm',
    graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16),
    {},
  ],
  ['SqueezeNet, SGD without Nesterov', graphOf({ ...TINY, bypass: 'complex' }, 16), { nesterov: false }],
  [
    'SqueezeNet, plain SGD, no decay',
    graphOf({ ...TINY, version: '1.0' }, 16),
    { momentum: 0, weightDecay: 0 },
  ],
  ['SqueezeNet, Adam', graphOf(TINY, 16), { optimizer: 'adam' }],
  ['SqueezeNet, AdamW, label smoothing', graphOf(TINY, 16), { optimizer: 'adamw', labelSmoothing: 0.1 }],
  ['SqueezeNet, RMSprop', graphOf(TINY, 16), { optimizer: 'rmsprop' }],
  ['SqueezeNet, dropout', graphOf({ ...TINY, dropout: 0.5, pct3x3: 1 }, 16), { labelSmoothing: 0.2 }],
  ['SqueezeNet, stem and pools of ImageNet', graphOf({ ...TINY, stem: 'imagenet', pct3x3: 0 }, 64), {}],
  ['MobileNetV1', graphOf({ family: 'mobilenet-v1', alpha: 0.125 }, 32), {}],
  [
    'MobileNetV1 with ReLU6 and padding as in TensorFlow',
    graphOf({ family: 'mobilenet-v1', alpha: 0.125, activation: 'relu6', padding: 'same' }, 32),
    {},
  ],
  [
    'ShuffleNet v1, 3 groups',
    graphOf({ family: 'shufflenet-v1', groups: 3, scale: 0.25, stem: 'small' }, 32),
    {},
  ],
  [
    'ShuffleNet v1, 1 group, Adam',
    graphOf({ family: 'shufflenet-v1', groups: 1, scale: 0.25 }, 32),
    { optimizer: 'adam' },
  ],
  ['the layers of AlexNet', alexnetLike(), { momentum: 0 }],
];

for (const [title, graph, recipe] of CASES) {
  test(`${title}: three replayed steps and an evaluation equal the eager ones`, async () => {
    const program = createTrainingProgram(graph, { ...DEFAULT_RECIPE, ...recipe }, engine.operations);
    const before = unevenState(program);
    const learningRate = recipe.optimizer ? 1e-3 : 0.01;
    const eager = new EagerTraining(program, SIZES);
    const compiled = await compile(program);
    await eager.writeState(before);
    await compiled.writeState(before);
    for (const [index, values] of (await compiled.readState()).entries())
      assert.deepEqual(values, before[index]);
    const tensors = tf.memory().numTensors;

    for (let step = 0; step < 3; step++) {
      const batch = batchOf(graph, SIZES.training, step, learningRate);
      // Each from the same state, since some networks blow up a difference of rounding from step to step.
      const from = await eager.readState();
      await compiled.writeState(from);
      const expected = await eager.step(batch);
      const found = await compiled.step(batch);
      assert.ok(Number.isFinite(expected.loss));
      assertNear(found.loss, expected.loss, `loss of step ${step}`);
      assert.equal(found.correct, expected.correct);
      const state = await compiled.readState();
      for (const [index, values] of (await eager.readState()).entries()) {
        const name = program.state[index]?.name ?? '';
        const moved = (to?: Float32Array) =>
          to?.map((value, i) => value - (from[index]?.[i] ?? Number.NaN)) ?? [];
        assert.ok(
          moved(values).some((change) => change !== 0),
          `${name} has moved`,
        );
        const deviation = distance(moved(state[index]), moved(values));
        assert.ok(
          deviation <= replayTolerance(program, name),
          `step ${step}: ${name} differs by ${deviation}`,
        );
      }
    }
    await compiled.writeState(await eager.readState());

    for (const count of [SIZES.evaluation, 2]) {
      const batch = { ...batchOf(graph, SIZES.evaluation, 9), count };
      const expected = await eager.evaluate(batch);
      const result = await compiled.evaluate(batch);
      assertNear(result.loss, expected.loss, `loss of ${count} images`);
      assert.equal(result.correct, expected.correct);
      assert.equal(result.correctTop5, expected.correctTop5);
      assert.deepEqual(result.predicted, expected.predicted);
      assert.equal(result.predicted.length, count);
    }
    assert.equal(tf.memory().numTensors, tensors, 'tensors are given back');
    eager.close();
    compiled.close();
  });
}

function assertNear(found: number, expected: number, what: string): void {
  const deviation = Math.abs(found - expected) / Math.abs(expected);
  assert.ok(deviation <= 1e-4, `${what}: ${found}, not ${expected}`);
}
