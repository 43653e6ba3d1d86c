import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { EagerTraining } from '../../../../src-main/engine/eager-training.ts';
import type { TensorFlowBackend } from '../../../../src-main/engine/engines/tensorflow/backend.ts';
import { openTensorFlow } from '../../../../src-main/engine/engines/tensorflow/open.ts';
import { optimizationOf } from '../../../../src-main/engine/engines/tensorflow/optimization-of.ts';
import { recordFunction } from '../../../../src-main/engine/engines/tensorflow/record-function.ts';
import type { Recording } from '../../../../src-main/engine/engines/tensorflow/recording.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import type { Trace } from '../../../../src-main/engine/traced-call.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { batchOf, graphOf, TINY, unevenState } from '../networks.ts';

const SIZES = { training: 4, evaluation: 4 };
const engine = openTensorFlow(selectedEngine(kindlingHome()));

/** Of a step and an evaluation, with TensorFlow's kernels for some operations. */
async function recorded(theirs: readonly string[], fields: object): Promise<Recording[]> {
  const operations = engine.operationsWithout(theirs);
  const program = createTrainingProgram(graphOf({ ...TINY, ...fields }, 16), DEFAULT_RECIPE, operations);
  const recordings: (() => Recording)[] = [];
  const trace: Trace = (call) => {
    const { result, recorded: of } = recordFunction(tf.backend() as TensorFlowBackend, call);
    recordings.push(() => of().recording);
    return result;
  };
  const eager = new EagerTraining(program, SIZES);
  await eager.writeState(unevenState(program));
  const batch = batchOf(program.graph, SIZES.training, 0);
  await eager.evaluate({ ...batch, count: SIZES.evaluation }, trace);
  await eager.step(batch, trace);
  eager.close();
  return recordings.map((recording) => recording());
}

test('a graph is computed as it is recorded where its ReLUs are part of our kernels, and on no GPU', async () => {
  for (const [fields, kernel] of [
    [{ batchNorm: true }, 'batchNorm'],
    [{ batchNorm: false }, 'biasAdd'],
  ] as const) {
    const ours = await recorded([], fields);
    assert.equal(optimizationOf(ours, false), 'as-recorded');
    assert.equal(optimizationOf(ours, true), 'serve');
    // a bias with its ReLU is part of our convolutions
    assert.equal(optimizationOf(await recorded([kernel, 'convolution'], fields), false), 'serve');
  }
});
