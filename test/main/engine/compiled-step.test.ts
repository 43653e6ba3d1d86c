import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { alone } from '../../../src-main/engine/alone.ts';
import { compileProgram } from '../../../src-main/engine/compile-program.ts';
import { EagerTraining } from '../../../src-main/engine/eager-training.ts';
import type { Training } from '../../../src-main/engine/engine.ts';
import { replayTolerance } from '../../../src-main/engine/compare-replay.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type TrainingProgram,
} from '../../../src-main/engine/training-program.ts';
import { batchOf, distance, TRAINED, unevenState } from './networks.ts';
import { engine } from './test-engine.ts';

const SIZES = { training: 8, evaluation: 6 };

async function compile(program: TrainingProgram): Promise<Training> {
  return alone(await compileProgram(engine, program, SIZES));
}

for (const [title, graph, recipe] of TRAINED) {
  test(`${title}: three replayed steps and an evaluation equal the eager ones`, async () => {
    const program = createTrainingProgram(graph, { ...DEFAULT_RECIPE, ...recipe }, engine.operations);
    const before = unevenState(program);
    const learningRate = recipe.optimizer ? 1e-3 : 0.01;
    const eager = alone(new EagerTraining(program, SIZES));
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
