import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBatchSource, type BatchSource } from '../../../src-main/datasets/batch-source.ts';
import { evaluationBytes, openByteSource } from '../../../src-main/datasets/byte-batches.ts';
import { allIndices, filledBatches } from '../../../src-main/datasets/evaluation-batches.ts';
import { channelStatistics } from '../../../src-main/datasets/normalization.ts';
import { EagerTraining } from '../../../src-main/engine/eager-training.ts';
import type {
  Engine,
  EngineWithImages,
  EvaluationBatch,
  FusedTraining,
} from '../../../src-main/engine/engine.ts';
import { GuardedTraining, type TrainingMode } from '../../../src-main/engine/guarded-training.ts';
import { untraced } from '../../../src-main/engine/traced-call.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type TrainingProgram,
} from '../../../src-main/engine/training-program.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { randomPart } from '../datasets/small-content.ts';
import { batchOf, graphOf, TINY, unevenState } from './networks.ts';
import { engine } from './test-engine.ts';

const SIZES = { training: 8, evaluation: 8 };
const graph = graphOf({ ...TINY, batchNorm: true }, 16);
const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations);

/** The real engine, with what its compiled training does changed. */
function engineWith(
  change: (real: FusedTraining) => Partial<FusedTraining>,
  seen?: { closed: number },
): Engine {
  return {
    ...engine,
    recorder(recordedProgram, sizes) {
      if (engine.recorder === null) throw new Error('this engine has no compiler');
      const real = engine.recorder(recordedProgram, sizes);
      return {
        ...real,
        compile: async (...of) => changed(await real.compile(...of), change, seen),
      };
    },
  };
}

function changed(
  real: FusedTraining,
  change: (real: FusedTraining) => Partial<FusedTraining>,
  seen?: { closed: number },
): FusedTraining {
  return {
    writeState: (states) => real.writeState(states),
    readState: () => real.readState(),
    step: (batches) => real.step(batches),
    several: null,
    evaluate: (batch) => real.evaluate(batch),
    close: () => {
      if (seen) seen.closed++;
      real.close();
    },
    ...change(real),
  };
}

/** State with one vector's step scaled, as a wrong learning rate would. */
function scaled(name: string, factor: number): (real: FusedTraining) => Partial<FusedTraining> {
  const before = unevenState(program);
  return (real) => ({
    readState: async () =>
      (await real.readState()).map((state) =>
        state.map((vector, index) =>
          program.state[index]?.name === name
            ? vector.map(
                (value, i) => (before[index]?.[i] ?? 0) + factor * (value - (before[index]?.[i] ?? 0)),
              )
            : vector,
        ),
      ),
  });
}

const WRONG: readonly (readonly [
  title: string,
  change: (real: FusedTraining) => Partial<FusedTraining>,
  reason: RegExp,
])[] = [
  [
    'a loss that is too high',
    (real) => ({
      step: async (batch) => {
        const results = await real.step(batch);
        return results.map((result) => ({ ...result, loss: result.loss * 1.01 }));
      },
    }),
    /^the compiled step gave a loss of [\d.]+, the eager one [\d.]+$/,
  ],
  [
    'parameters 5 % off',
    scaled('parameters', 1.05),
    /^the compiled step's parameters differ .* 5\.0e-2 of the step$/,
  ],
  [
    'velocity 5 % off',
    scaled('velocity', 0.95),
    /^the compiled step's velocity differ .* 5\.0e-2 of the step$/,
  ],
  [
    'statistics that stay',
    scaled('statistics', 0),
    /^the compiled step's statistics differ .* 1\.0e\+0 of the step$/,
  ],
  [
    'parameters that are no numbers',
    scaled('parameters', Number.NaN),
    /^the compiled step's parameters differ/,
  ],
  [
    'an evaluation whose loss is too high',
    (real) => ({
      evaluate: async (batch) => {
        const results = await real.evaluate(batch);
        return results.map((result) => ({ ...result, loss: result.loss * 1.01 }));
      },
    }),
    /^the compiled evaluation gave a loss of [\d.]+, the eager one [\d.]+$/,
  ],
  [
    'an evaluation that finds other classes',
    (real) => ({
      evaluate: async (batch) => {
        const results = await real.evaluate(batch);
        const others = (classes: Int32Array) => classes.map((value) => (value + 1) % graph.classes);
        return results.map((result) => ({ ...result, predicted: others(result.predicted) }));
      },
    }),
    /^the compiled evaluation and the eager one differ on 8 of 8 images$/,
  ],
  [
    'a replay that throws',
    () => ({
      step: () => Promise.reject(new Error('no such kernel')),
    }),
    /^the step could not be compiled: Error: no such kernel$/,
  ],
];

for (const [title, change, reason] of WRONG)
  test(`${title}: training goes on eagerly and says why`, async () => {
    const seen = { closed: 0 };
    const guarded = new GuardedTraining(engineWith(change, seen), program, SIZES);
    await assertTrainsEagerly(guarded, reason);
    assert.equal(seen.closed, 1, 'the replay that is not trusted is closed');
    guarded.close();
  });

test('a compiler that throws: training goes on eagerly and says why', async () => {
  const compile = () => Promise.reject(new Error('a constant cannot be recorded'));
  const guarded = new GuardedTraining(
    { ...engine, recorder: () => ({ trace: untraced, stepsACall: [1], compile }) },
    program,
    SIZES,
  );
  await assertTrainsEagerly(
    guarded,
    /^the step could not be compiled: Error: a constant cannot be recorded$/,
  );
  guarded.close();
});

test('where calls of several steps cannot be replayed those of one are, and the reason is told', async () => {
  const ofOne: Engine = {
    ...engine,
    recorder(...of) {
      const real = engine.recorder?.(...of) ?? assert.fail('this engine has no compiler');
      return {
        ...real,
        stepsACall: [16, 1],
        compile: (precision, mostSteps) =>
          mostSteps > 1 ? Promise.reject(new Error('no such loop')) : real.compile(precision, mostSteps),
      };
    },
  };
  const train = async (on: Engine) => {
    const guarded = new GuardedTraining(on, program, SIZES);
    await guarded.writeState([unevenState(program)]);
    const results = [0, 1].map((step) => () => guarded.step([batchOf(graph, SIZES.training, step)]));
    const losses = [await results[0]?.(), await results[1]?.()];
    const state = await guarded.readState();
    guarded.close();
    return { losses, state, mode: guarded.mode };
  };
  const { mode, ...found } = await train(ofOne);
  const reason = 'calls take at most 1 step: the step could not be compiled: Error: no such loop';
  assert.deepEqual(mode, { mode: 'compiled', reason });
  const { mode: expectedMode, ...expected } = await train(engine);
  assert.deepEqual(expectedMode, { mode: 'compiled' });
  assert.deepEqual(found, expected);
});

test('an engine without a compiler: training goes on eagerly and says why', async () => {
  const guarded = new GuardedTraining({ ...engine, recorder: null }, program, SIZES);
  await assertTrainsEagerly(guarded, new RegExp(`^${engine.description.name} has no compiler$`));
  guarded.close();
});

test('a faithful replay is used, and used again for the next run', async () => {
  let compilations = 0;
  let replays = 0;
  const counting = engineWith((real) => {
    compilations++;
    return {
      step: (batch) => {
        replays++;
        return real.step(batch);
      },
    };
  });
  const guarded = new GuardedTraining(counting, program, SIZES);
  const losses: number[][] = [];
  for (let run = 0; run < 2; run++) {
    await guarded.writeState([unevenState(program)]);
    const seen: number[] = [];
    for (const step of [0, 1, 2])
      seen.push(...(await guarded.step([batchOf(graph, SIZES.training, step)])).map(({ loss }) => loss));
    losses.push(seen);
    assert.deepEqual(guarded.mode, { mode: 'compiled' });
  }
  assert.equal(compilations, 1);
  assert.equal(replays, 6);
  assert.deepEqual(losses[0], losses[1], 'the run that compiled gives the same numbers to the bit');
  guarded.close();
});

test('images as bytes train and are evaluated as their values do, to the bit', async (context) => {
  const { imagesOnDevice = null } = engine as Partial<EngineWithImages>;
  const fromBytes = engine.imagesFromBytes ?? imagesOnDevice;
  if (fromBytes === null) return context.skip('this engine takes no bytes');
  const part = randomPart(20, graph.input, graph.classes);
  const indices = allIndices(part);
  const plan = {
    ...{ part, indices, pictures: null, seed: 3, statistics: channelStatistics(part, indices) },
    recipe: recipeSchema.parse({ batch: SIZES.training, epochs: 2, augment: ['crop', 'flip'] }),
  };
  const bytesProgram = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations, fromBytes);
  const trained = async (
    ofProgram: TrainingProgram,
    source: BatchSource,
    evaluation: Iterable<EvaluationBatch>,
  ) => {
    const training = new GuardedTraining(engine, ofProgram, SIZES);
    await training.writeState([unevenState(ofProgram)]);
    const results: unknown[] = [];
    for (let batch = source.take(); batch !== null; batch = source.take())
      results.push(await training.step([{ ...batch, learningRate: 0.02, seed: 1 }]));
    for (const batch of evaluation) results.push(await training.evaluate(batch));
    assert.deepEqual(training.mode, { mode: 'compiled' });
    results.push(...(await training.readState()));
    await source.close();
    training.close();
    return results;
  };
  const evaluated = [part, indices, SIZES.evaluation, plan.statistics] as const;
  assert.deepEqual(
    await trained(
      bytesProgram,
      openByteSource(plan, fromBytes.hold),
      evaluationBytes(...evaluated, fromBytes.hold),
    ),
    await trained(program, openBatchSource(plan), filledBatches(...evaluated)),
  );
});

test('a first loss that is not finite proves nothing: the next run compares', async () => {
  let compilations = 0;
  const counting = engineWith(() => {
    compilations++;
    return {};
  });
  const guarded = new GuardedTraining(counting, program, SIZES);
  await guarded.writeState([unevenState(program)]);
  const batch = batchOf(graph, SIZES.training, 0);
  const [first] = await guarded.step([{ ...batch, images: batch.images.map(() => Number.NaN) }]);
  assert.equal(first?.loss, Number.NaN);
  assert.match(eagerReason(guarded.mode) ?? '', /^the first loss was not finite/);
  await guarded.writeState([unevenState(program)]);
  assert.equal(guarded.mode, null);
  await guarded.step([batch]);
  assert.deepEqual(guarded.mode, { mode: 'compiled' });
  assert.equal(compilations, 1);
  guarded.close();
});

/** The steps must be those of eager training, to the bit: a replay that failed may leave nothing behind. */
async function assertTrainsEagerly(guarded: GuardedTraining, reason: RegExp): Promise<void> {
  const eager = new EagerTraining(program, SIZES);
  await eager.writeState([unevenState(program)]);
  await guarded.writeState([unevenState(program)]);
  assert.equal(guarded.mode, null);
  for (let step = 0; step < 2; step++) {
    const batch = batchOf(graph, SIZES.training, step);
    assert.deepEqual(await guarded.step([batch]), await eager.step([batch]));
    assert.match(eagerReason(guarded.mode) ?? '', reason);
  }
  assert.deepEqual(await guarded.readState(), await eager.readState());
  eager.close();
}

function eagerReason(mode: TrainingMode | null): string | null {
  return mode?.mode === 'eager' ? mode.reason : null;
}
