import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { replayTolerance } from '../../../src-main/engine/compare-replay.ts';
import type { EvaluationResult, State, StepResult, TrainingBatch } from '../../../src-main/engine/engine.ts';
import { GuardedTraining } from '../../../src-main/engine/guarded-training.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type ProgramRecipe,
  type TrainingProgram,
} from '../../../src-main/engine/training-program.ts';
import { NOTHING_OWN } from '../../../src-shared/studies/in-one-step.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { assertClose, batchOf, distance, graphOf, TINY, TRAINED } from './networks.ts';
import { engine } from './test-engine.ts';

const SIZES = { training: 16, evaluation: 6 };
const SEEDS = [3, 4];
const STEPS = 20;
const FEW_STEPS = 3;
/** Of the losses, relative; seen: 2e-6. */
const TOLERANCE = 1e-5;

/** Whose training blows up a difference of rounding from step to step, whichever kernels it comes from: each step from the same state. */
const SENSITIVE = /MobileNet|ShuffleNet/;

/** Left out: what differs from others in nothing that is computed otherwise side by side. */
const ALIKE = /ImageNet|ReLU6|1 group|plain SGD/;

function programOf(
  graph: Graph,
  recipe: Partial<ProgramRecipe>,
  networks: number,
  own = NOTHING_OWN,
): TrainingProgram {
  const whole = { ...DEFAULT_RECIPE, ...recipe };
  return createTrainingProgram(graph, whole, engine.operations, null, networks, own);
}

/** What a seed is given: images, order and dropout of its own. */
function batchFor({ graph, recipe }: TrainingProgram, seed: number, step: number) {
  const { images, labels } = batchOf(graph, SIZES.training, 100 * seed + step);
  return { images, labels, step, seed, learningRate: recipe.optimizer === 'sgd' ? 1e-3 : 1e-4 };
}

interface Step {
  readonly before: readonly State[];
  readonly results: readonly StepResult[];
  readonly after: readonly State[];
}

/** @param from where given, the states in which each step begins */
async function train(
  program: TrainingProgram,
  seeds: readonly number[],
  count: number,
  from?: (step: number) => readonly State[],
  batchOfSeed: (...given: Parameters<typeof batchFor>) => TrainingBatch = batchFor,
): Promise<{ readonly steps: readonly Step[]; readonly evaluated: readonly EvaluationResult[] }> {
  const training = new GuardedTraining(engine, program, SIZES);
  try {
    await training.writeState(seeds.map((seed) => initialState(program, seed)));
    const held = tf.memory().numTensors;
    const steps: Step[] = [];
    for (let step = 0; step < count; step++) {
      if (from !== undefined) await training.writeState(from(step));
      const before = await training.readState();
      const results = await training.step(seeds.map((seed) => batchOfSeed(program, seed, step)));
      steps.push({ before, results, after: await training.readState() });
    }
    const evaluated = await training.evaluate({ ...batchOf(program.graph, SIZES.evaluation, 1), count: 5 });
    assert.equal(training.mode?.mode, engine.recorder === null ? 'eager' : 'compiled');
    if (engine.recorder === null) assert.equal(tf.memory().numTensors, held, 'tensors left behind');
    return { steps, evaluated };
  } finally {
    training.close();
  }
}

for (const [title, graph, recipe] of TRAINED.filter(([name]) => !ALIKE.test(name)))
  test(`${title}: networks side by side have the numbers of each alone`, async () => {
    const single = programOf(graph, recipe, 1);
    const isSensitive = SENSITIVE.test(title);
    const count = isSensitive ? FEW_STEPS : STEPS;
    const alone: Awaited<ReturnType<typeof train>>[] = [];
    for (const seed of SEEDS) alone.push(await train(single, [seed], count));
    const statesAt = (step: number): State[] => alone.map(({ steps }) => steps[step]?.before[0] ?? []);
    const together = await train(
      programOf(graph, recipe, SEEDS.length),
      SEEDS,
      count,
      isSensitive ? statesAt : undefined,
    );
    for (const [network, { steps, evaluated }] of alone.entries()) {
      for (const [step, expected] of steps.entries()) {
        const found = together.steps[step] ?? assert.fail();
        const [loss, others] = partsOf(found.results[network]);
        const [expectedLoss, expectedOthers] = partsOf(expected.results[0]);
        assertClose([loss], [expectedLoss], TOLERANCE, `network ${network}, loss of step ${step}`);
        assert.deepEqual(others, expectedOthers);
      }
      const moved = ({ before, after }: Step, place: number, index: number): Float32Array =>
        (after[place]?.[index] ?? new Float32Array()).map(
          (value, at) => value - (before[place]?.[index]?.[at] ?? Number.NaN),
        );
      for (const [index, { name }] of single.state.entries()) {
        const [found, expected] = [together.steps.at(-1), steps.at(-1)].map((step) => step ?? assert.fail());
        const deviation = distance(moved(found as Step, network, index), moved(expected as Step, 0, index));
        assert.ok(deviation <= replayTolerance(single, name), `${name} differs by ${deviation}`);
      }
      const [loss, others] = partsOf(together.evaluated[network]);
      const [expectedLoss, expectedOthers] = partsOf(evaluated[0]);
      assertClose([loss], [expectedLoss], 1e-4, `network ${network}, loss in inference`);
      assert.deepEqual(others, expectedOthers);
    }
  });

function partsOf(result?: StepResult | EvaluationResult): [loss: number, others: object] {
  const { loss, ...others } = result ?? assert.fail('a result is missing');
  return [loss, others];
}

for (const optimizer of ['sgd', 'adamw'] as const)
  test(`${optimizer}: networks side by side have each a learning rate, a weight decay and a label smoothing of its own`, async () => {
    const graph = graphOf({ ...TINY, batchNorm: true }, 16);
    const ownFor = (seed: number) => {
      const place = seed - (SEEDS[0] ?? 0);
      return { weightDecay: 2 * place, labelSmoothing: 0.2 * place };
    };
    const batchAt: typeof batchFor = (of, seed, step) => {
      const batch = batchFor(of, seed, step);
      const learningRate = batch.learningRate * (1 + seed + step);
      return { ...batch, learningRate, ...ownFor(seed) };
    };
    const own = { rates: true, decays: true, smoothings: true };
    const program = programOf(graph, { optimizer }, SEEDS.length, own);
    const together = await train(program, SEEDS, FEW_STEPS, undefined, batchAt);
    for (const [network, seed] of SEEDS.entries()) {
      const single = programOf(graph, { optimizer, ...ownFor(seed) }, 1);
      const alone = await train(single, [seed], FEW_STEPS, undefined, batchAt);
      const losses = (of: typeof alone, place: number): number[] =>
        of.steps.map(({ results }) => results[place]?.loss ?? Number.NaN);
      assertClose(losses(together, network), losses(alone, 0), TOLERANCE, `network ${network}`);
      for (const [index, { name }] of single.state.entries()) {
        const [found, expected] = [together.steps.at(-1)?.after[network], alone.steps.at(-1)?.after[0]];
        const deviation = distance(found?.[index] ?? assert.fail(), expected?.[index] ?? assert.fail());
        assert.ok(deviation <= TOLERANCE, `${name} differs by ${deviation}`);
      }
    }
  });

test('a network that diverges leaves the bits of the others as they are', async () => {
  const seeds = [3, 4, 7];
  const program = programOf(graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16), {}, seeds.length);
  const undisturbed = await train(program, seeds, 2 * FEW_STEPS);
  for (const from of [0, 3]) {
    const disturbed = await train(program, seeds, 2 * FEW_STEPS, undefined, (of, seed, step) => {
      const batch = batchFor(of, seed, step);
      return seed === 4 && step >= from ? { ...batch, images: batch.images.map(() => Number.NaN) } : batch;
    });
    for (const [step, { results, after }] of disturbed.steps.entries()) {
      const expected = undisturbed.steps[step];
      for (const network of [0, 2]) {
        assert.deepEqual(results[network], expected?.results[network]);
        assert.deepEqual(after[network], expected?.after[network]);
      }
      assert.equal(Number.isFinite(results[1]?.loss), step < from);
    }
  }
});

test('what is not of one step, or not for each network, is refused', async () => {
  const program = programOf(graphOf(TINY, 16), {}, 2);
  const training = new GuardedTraining(engine, program, SIZES);
  await training.writeState([initialState(program, 1), initialState(program, 2)]);
  const [first, second] = [batchFor(program, 1, 0), batchFor(program, 2, 1)];
  await assert.rejects(training.step([first]), /1 batches for 2 networks/);
  await assert.rejects(training.step([first, second]), /take the same step$/);
  const faster = { ...first, learningRate: 2 * first.learningRate };
  await assert.rejects(training.step([first, faster]), /share a learning rate take a step at the same$/);
  await assert.rejects(training.writeState([initialState(program, 1)]), /1 states for 2 networks/);
  training.close();
});
