import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { EagerTraining } from '../../../../src-main/engine/eager-training.ts';
import type { TensorFlowBackend } from '../../../../src-main/engine/engines/tensorflow/backend.ts';
import type { Binding } from '../../../../src-main/engine/engines/tensorflow/binding.ts';
import { CompiledProgram } from '../../../../src-main/engine/engines/tensorflow/compiled-program.ts';
import type { RecordedFunction } from '../../../../src-main/engine/engines/tensorflow/recorded-function.ts';
import { openTensorFlow } from '../../../../src-main/engine/engines/tensorflow/open.ts';
import { optimizationOf } from '../../../../src-main/engine/engines/tensorflow/optimization-of.ts';
import { recordFunction } from '../../../../src-main/engine/engines/tensorflow/record-function.ts';
import type { Recording } from '../../../../src-main/engine/engines/tensorflow/recording.ts';
import { simplified } from '../../../../src-main/engine/engines/tensorflow/simplify-recording.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { evaluationValues, stepValues } from '../../../../src-main/engine/program-values.ts';
import type { Trace } from '../../../../src-main/engine/traced-call.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type TrainingProgram,
} from '../../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { batchOf, graphOf, TINY, unevenState } from '../networks.ts';

const SIZES = { training: 4, evaluation: 4 };
const engine = openTensorFlow(selectedEngine(kindlingHome()));

const backend = tf.backend() as TensorFlowBackend;

/** A step and an evaluation. */
async function recorded(program: TrainingProgram): Promise<RecordedFunction[]> {
  const recordings: (() => RecordedFunction)[] = [];
  const trace: Trace = (call) => {
    const { result, recorded: of } = recordFunction(backend, call);
    recordings.push(of);
    return result;
  };
  const eager = new EagerTraining(program, SIZES);
  const ofEach = <T>(value: T): T[] => Array.from({ length: program.networks }, () => value);
  await eager.writeState(ofEach(unevenState(program)));
  const batch = batchOf(program.graph, SIZES.training, 0);
  await eager.evaluate({ ...batch, count: SIZES.evaluation }, trace);
  await eager.step(ofEach(batch), trace);
  eager.close();
  return recordings.map((recording) => recording());
}

/** @param theirs operations of which TensorFlow's kernels serve */
async function recordingsOf(theirs: readonly string[], fields: object): Promise<Recording[]> {
  const graph = graphOf({ ...TINY, ...fields }, 16);
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operationsWithout(theirs));
  return (await recorded(program)).map(({ recording }) => recording);
}

test('a graph is computed as it is recorded where its ReLUs are part of our kernels, and on no GPU', async () => {
  for (const [fields, kernel] of [
    [{ batchNorm: true }, 'batchNorm'],
    [{ batchNorm: false }, 'biasAdd'],
  ] as const) {
    const ours = await recordingsOf([], fields);
    assert.equal(optimizationOf(ours, false), 'as-recorded');
    assert.equal(optimizationOf(ours, true), 'on-gpu');
    // a bias with its ReLU is part of our convolutions
    assert.equal(optimizationOf(await recordingsOf([kernel, 'convolution'], fields), false), 'serve');
  }
});

for (const [title, fields, side] of [
  ['averages over nine pixels', { ...TINY, batchNorm: true }, 24],
  ['averages of padded windows', { family: 'shufflenet-v1', groups: 3, scale: 0.25, stem: 'small' }, 18],
] as const)
  test(`steps and evaluations have the same bits however a graph is optimized: ${title}`, async () => {
    const program = createTrainingProgram(graphOf(fields, side), DEFAULT_RECIPE, engine.operations);
    const functions = await recorded(program);
    // one that says it was on a GPU has Grappler optimize the graph
    const onGpu: Binding = Object.create(backend.binding, {
      isUsingGpuDevice: { value: () => true },
    }) as Binding;
    const [asRecorded, optimized] = [backend.binding, onGpu].map((binding) => {
      const compiled = new CompiledProgram(binding, program.state, functions);
      compiled.writeState(unevenState(program));
      const values = [0, 1, 2].map((step) => {
        const batch = batchOf(program.graph, SIZES.training, step);
        const evaluation = evaluationValues({ ...batch, count: SIZES.evaluation }, program, SIZES.evaluation);
        return [compiled.call('step', stepValues([batch], program)), compiled.call('evaluate', evaluation)];
      });
      values.push([compiled.readState()]);
      compiled.close();
      return values;
    });
    // that many values that differ would be told for minutes
    assert.ok(isDeepStrictEqual(asRecorded, optimized));
  });

test('networks side by side are hardly more nodes than one where our kernels have groups', async () => {
  const graph = graphOf({ family: 'mobilenet-v1', alpha: 0.125 });
  const nodesOf = async (networks: number): Promise<number> => {
    const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations, null, networks);
    const step = (await recorded(program)).find(({ name }) => name === 'step') ?? assert.fail();
    return simplified(step.recording).ops.length;
  };
  const [one, two, four] = [await nodesOf(1), await nodesOf(2), await nodesOf(4)];
  // the images, the labels and the losses
  assert.ok(two <= one + 20, `${two} nodes, ${one} of one network`);
  // TensorFlow's convolution of the stem, its padding and its gradient
  assert.ok(four - two <= 3 * 2, `${four} nodes of four networks, ${two} of two`);
});
