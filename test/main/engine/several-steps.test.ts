import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sum } from 'd3-array';
import { openByteSource } from '../../../src-main/datasets/byte-batches.ts';
import { channelStatistics } from '../../../src-main/datasets/normalization.ts';
import type { EngineWithImages, StepResult, TrainingBatch } from '../../../src-main/engine/engine.ts';
import { GuardedTraining } from '../../../src-main/engine/guarded-training.ts';
import { operationsFor } from '../../../src-main/engine/precision.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type ProgramRecipe,
} from '../../../src-main/engine/training-program.ts';
import { type Recipe, recipeSchema } from '../../../src-shared/studies/recipe.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { randomPart } from '../datasets/small-content.ts';
import { graphOf, TINY, unevenState } from './networks.ts';
import { engine as chosen } from './test-engine.ts';

const BATCH = 8;
/** Steps of each call, after the first step. */
const CALLS = [1, 2, 7, 3, 16];

interface Case {
  readonly graph: Graph;
  readonly recipe?: Partial<ProgramRecipe>;
  readonly networks?: number;
  readonly calls?: readonly number[];
}

const NORMALIZED = graphOf({ ...TINY, batchNorm: true, dropout: 0.3, stem: 'small' }, 16);

const CASES: Readonly<Record<string, Case>> = {
  'batch norm and dropout, SGD': { graph: NORMALIZED },
  'batch norm and dropout, AdamW, label smoothing': {
    graph: NORMALIZED,
    recipe: { optimizer: 'adamw', labelSmoothing: 0.1 },
  },
  'batch norm and dropout, Adam, few steps': {
    ...{ graph: NORMALIZED, recipe: { optimizer: 'adam' }, calls: [3, 1, 2] },
  },
  'depthwise convolutions, RMSprop': {
    graph: graphOf({ family: 'mobilenet-v1', alpha: 0.125 }, 32),
    recipe: { optimizer: 'rmsprop' },
  },
  'products in bfloat16': { graph: NORMALIZED, recipe: { precision: 'bfloat16' }, calls: [3, 2] },
  'three networks side by side, each with its rate, weight decay and label smoothing': {
    graph: NORMALIZED,
    networks: 3,
  },
};

/** The steps of each network, with augmentation. */
function batchesOf(
  { graph, networks = 1 }: Case,
  steps: number,
  engine: EngineWithImages,
): TrainingBatch[][] {
  const indices = Uint32Array.from({ length: 5 * BATCH }, (_, place) => place);
  const part = randomPart(40, graph.input, 5);
  const recipe: Recipe = recipeSchema.parse({
    ...{ batch: BATCH, epochs: 10, cropPadding: 2, augment: ['crop', 'flip', 'cutout'], cutoutSize: 3 },
  });
  const sources = Array.from({ length: networks }, (_, seed) => {
    const statistics = channelStatistics(part, indices);
    const plan = { part, pictures: null, indices, statistics, recipe, seed };
    return openByteSource(plan, engine.imagesOnDevice.hold);
  });
  return Array.from({ length: steps }, (_, step) =>
    sources.map((source, seed) => {
      const batch = source.take() ?? assert.fail();
      const learningRate = 0.002 * (1 + seed + (step % 3));
      return { ...batch, seed, learningRate, weightDecay: 0.01 * seed, labelSmoothing: 0.1 * seed };
    }),
  );
}

/** @param most steps that a call takes: the calls of the case where it is more than one */
async function train(of: Case, engine: EngineWithImages, most: number) {
  const { graph, recipe, networks = 1, calls = CALLS } = of;
  const used = { ...DEFAULT_RECIPE, ...recipe };
  const operations = operationsFor(engine, used.precision ?? 'float32');
  const isOwn = networks > 1;
  const own = { rates: isOwn, decays: isOwn, smoothings: isOwn };
  const { imagesOnDevice } = engine;
  const program = createTrainingProgram(graph, used, operations, imagesOnDevice, networks, own);
  const ofEngine = { ...engine, recorder: engine.recorderOf(most) };
  const training = new GuardedTraining(ofEngine, program, { training: BATCH, evaluation: BATCH });
  const batches = batchesOf(of, sum(calls) + 1, engine);
  await training.writeState(Array.from({ length: networks }, () => unevenState(program)));
  const mostOfCall = (): number => training.several?.most ?? 1;
  assert.equal(mostOfCall(), 1, 'one step, until it has proved itself');
  const results: StepResult[][] = [await training.step(batches[0] ?? [])];
  assert.deepEqual(training.mode, { mode: 'compiled' });
  assert.equal(mostOfCall(), most);
  for (const steps of calls) {
    const taken = batches.slice(results.length, results.length + steps);
    if (mostOfCall() === 1) for (const step of taken) results.push(await training.step(step));
    else results.push(...((await training.several?.steps(taken)) ?? []));
  }
  const state = await training.readState();
  training.close();
  return { results, state };
}

for (const [title, of] of Object.entries(CASES))
  test(`several steps a call give the bits of as many calls: ${title}`, async (context) => {
    const engine = chosen as Partial<EngineWithImages> & typeof chosen;
    if (engine.recorderOf === undefined) return context.skip('a call of this engine takes one step');
    if (of.recipe?.precision === 'bfloat16' && engine.bfloat16 === null)
      return context.skip('it trains in float32 only');
    const expected = await train(of, engine as EngineWithImages, 1);
    assert.equal(expected.results.length, sum(of.calls ?? CALLS) + 1);
    assert.ok(expected.results.flat().every(({ loss }) => Number.isFinite(loss)));
    const found = await train(of, engine as EngineWithImages, 16);
    assert.deepEqual(found, expected);
  });
