import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Precision } from '../../../../src-shared/studies/recipe.ts';
import { alone } from '../../../../src-main/engine/alone.ts';
import { compileProgram } from '../../../../src-main/engine/compile-program.ts';
import { EagerTraining } from '../../../../src-main/engine/eager-training.ts';
import type { TensorFlowBackend } from '../../../../src-main/engine/engines/tensorflow/backend.ts';
import { inBfloat16 } from '../../../../src-main/engine/engines/tensorflow/lower-precision.ts';
import { recordFunction } from '../../../../src-main/engine/engines/tensorflow/record-function.ts';
import type { RecordedOp, Recording } from '../../../../src-main/engine/engines/tensorflow/recording.ts';
import { simplified } from '../../../../src-main/engine/engines/tensorflow/simplify-recording.ts';
import type { Training } from '../../../../src-main/engine/engine.ts';
import { GuardedTraining } from '../../../../src-main/engine/guarded-training.ts';
import { operationsFor, requireTrainable } from '../../../../src-main/engine/precision.ts';
import type { Trace } from '../../../../src-main/engine/traced-call.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type TrainingProgram,
} from '../../../../src-main/engine/training-program.ts';
import { batchOf, graphOf, TINY, TRAINED, unevenState } from '../networks.ts';
import { engine } from '../test-engine.ts';

const SIZES = { training: 8, evaluation: 8 };
const backend = tf.backend() as TensorFlowBackend;

/** Of TensorFlow's types. */
const [FLOAT, BFLOAT16] = [1, 14];

async function recordedStep(program: TrainingProgram): Promise<Recording> {
  const held: { recording?: Recording } = {};
  const trace: Trace = (call) => {
    const { result, recorded } = recordFunction(backend, call);
    held.recording = recorded().recording;
    return result;
  };
  const eager = new EagerTraining(program, SIZES);
  await eager.writeState([unevenState(program)]);
  await eager.step([batchOf(program.graph, SIZES.training)], trace);
  eager.close();
  return simplified(held.recording ?? assert.fail('nothing was recorded'));
}

function typeOf({ attributes }: RecordedOp, name = 'T'): unknown {
  return attributes.find((attribute) => attribute.name === name)?.value;
}

const isProduct = ({ name }: RecordedOp): boolean =>
  /^(Conv2D|DepthwiseConv2d|MatMul|BatchMatMul)/.test(name);

/** Of each family, with an optimizer that takes roots. */
const LOWERED = TRAINED.filter(([title]) => !/plain|without|AdamW|RMSprop|ImageNet|V1$|1 group/.test(title));

for (const [title, graph, recipe] of LOWERED)
  test(`${title}: products are in bfloat16, in few casts; the loss and the optimizer stay float32`, async () => {
    const program = createTrainingProgram(
      graph,
      { ...DEFAULT_RECIPE, ...recipe, precision: 'bfloat16' },
      operationsFor(engine, 'bfloat16'),
    );
    const exact = await recordedStep(program);
    const { ops, outputs } = inBfloat16(backend.binding, exact);
    const named = (...names: string[]): RecordedOp[] => ops.filter(({ name }) => names.includes(name));
    assert.ok(ops.some(isProduct));
    for (const op of ops.filter(isProduct)) assert.equal(typeOf(op), BFLOAT16, op.name);
    // what lies between the products is not cast to and fro: one cast for all weights, and one for all of their gradients
    const others = named('FusedBatchNormV3', 'FusedBatchNormGradV3', 'Relu', 'ReluGrad', 'BiasAdd');
    for (const op of others) assert.equal(typeOf(op), BFLOAT16, op.name);
    for (const op of named('FusedBatchNormV3')) assert.equal(typeOf(op, 'U'), FLOAT);
    const casts = ops.length - exact.ops.length;
    assert.ok(named('Cast').length <= 30, `${named('Cast').length} casts, ${casts} more nodes`);
    const inFloat32 = named(
      'SoftmaxCrossEntropyWithLogits',
      'LRN',
      'LRNGrad',
      'Mean',
      'Sum',
      'Sqrt',
      'Square',
      'Sub',
    );
    for (const op of inFloat32) assert.equal(typeOf(op), FLOAT, op.name);
    // of vectors: the update
    for (const op of named('Mul', 'Add'))
      if (op.shapes[0]?.length === 1) assert.notEqual(typeOf(op), BFLOAT16, op.name);
    for (const output of outputs)
      if (output.kind === 'op') assert.notEqual(typeOf(ops[output.index] ?? assert.fail()), BFLOAT16);

    const compiled = async (precision: Precision) =>
      alone(await compileProgram(engine, { ...program, precision }, SIZES));
    const [rounded, float32] = [await compiled('bfloat16'), await compiled('float32')];
    const before = unevenState(program);
    const step = async (training: Training) => {
      await training.writeState(before);
      const { loss } = await training.step(batchOf(graph, SIZES.training));
      return { loss, state: await training.readState() };
    };
    const [first, again, expected] = [await step(rounded), await step(rounded), await step(float32)];
    // bits of what is repeated; the loss as the guard asks for it, seen: 1e-2
    assert.deepEqual(again, first);
    assert.notEqual(first.loss, expected.loss);
    assert.ok(
      Math.abs(first.loss - expected.loss) <= 5e-2 * expected.loss,
      `${first.loss}, not ${expected.loss}`,
    );
    for (const training of [rounded, float32]) training.close();
  });

test('a training in bfloat16 begins compiled, or not at all', async () => {
  const recipe = { ...DEFAULT_RECIPE, precision: 'bfloat16' } as const;
  const program = createTrainingProgram(graphOf(TINY, 16), recipe, operationsFor(engine, 'bfloat16'));
  const batch = batchOf(program.graph, SIZES.training);
  const guarded = new GuardedTraining(engine, program, SIZES);
  await guarded.writeState([unevenState(program)]);
  await guarded.step([batch]);
  assert.deepEqual(guarded.mode, { mode: 'compiled' });
  guarded.close();
  const without = new GuardedTraining({ ...engine, recorder: null }, program, SIZES);
  await without.writeState([unevenState(program)]);
  await assert.rejects(
    without.step([batch]),
    /training\.precision is bfloat16, .* has no compiler; set it to float32/,
  );
  without.close();
  assert.throws(() => operationsFor({ ...engine, bfloat16: null }, 'bfloat16'), /computes in float32 only/);
  const cells = [{ recipe: { precision: 'float32' } }, { recipe: { precision: 'bfloat16' } }] as const;
  const javascript = { engine: 'javascript', name: 'javascript' };
  requireTrainable({ engine: 'tensorflow', name: 'tensorflow-cpu' }, cells);
  requireTrainable(javascript, cells.slice(0, 1));
  assert.throws(() => requireTrainable(javascript, cells), /the engine javascript computes in float32 only/);
});

test('a step whose rounded loss is another is refused', async () => {
  const recipe = { ...DEFAULT_RECIPE, precision: 'bfloat16' } as const;
  const program = createTrainingProgram(graphOf(TINY, 16), recipe, operationsFor(engine, 'bfloat16'));
  const { recorder } = engine;
  assert.ok(recorder);
  const wrong = new GuardedTraining(
    {
      ...engine,
      recorder: (...of) => {
        const real = recorder(...of);
        return {
          ...real,
          compile: async (precision, mostSteps) => {
            const compiled = await real.compile(precision, mostSteps);
            if (precision === 'float32') return compiled;
            const step: typeof compiled.step = async (batches) =>
              (await compiled.step(batches)).map((result) => ({ ...result, loss: 1.1 * result.loss }));
            return {
              ...{ step, several: null },
              writeState: (states) => compiled.writeState(states),
              readState: () => compiled.readState(),
              evaluate: (batch) => compiled.evaluate(batch),
              close: () => compiled.close(),
            };
          },
        };
      },
    },
    program,
    SIZES,
  );
  await wrong.writeState([unevenState(program)]);
  const batch = batchOf(program.graph, SIZES.training);
  await assert.rejects(wrong.step([batch]), /the step in bfloat16 gave a loss of .*, that in float32/);
  wrong.close();
});
