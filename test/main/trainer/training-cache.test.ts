import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { GuardedTraining } from '../../../src-main/engine/guarded-training.ts';
import { stateLayout } from '../../../src-main/engine/state-layout.ts';
import { TrainingCache } from '../../../src-main/trainer/training-cache.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { graphOf, TINY } from '../engine/networks.ts';
import { engine } from '../engine/test-engine.ts';

const RECIPE = recipeSchema.parse({ batch: 4 });
/** Networks of a few thousand parameters each, by the filters of their stem. */
const GRAPHS = [8, 9, 10, 11].map((stemFilters) => graphOf({ ...TINY, stemFilters }, 16));
const SIZES = GRAPHS.map((graph) => stateLayout(graph).parameterCount);

/** Counts the closes of each program of a cache for so many parameters. */
function cacheFor(context: TestContext, parameters: number) {
  const close = context.mock.method(GuardedTraining.prototype, 'close');
  const cache = new TrainingCache(engine, parameters);
  return {
    prepare: (index: number) => cache.prepare(GRAPHS[index] ?? assert.fail(), RECIPE, false),
    closes: (guarded: GuardedTraining) => close.mock.calls.filter((call) => call.this === guarded).length,
  };
}

function parametersOf(...indices: readonly number[]): number {
  return indices.reduce((sum, index) => sum + (SIZES[index] ?? assert.fail()), 0);
}

test('the program that was used longest ago is closed, once, when the parameters of all are too many', (context) => {
  const { prepare, closes } = cacheFor(context, parametersOf(1, 2, 3));
  const [first, second, third] = [prepare(0), prepare(1), prepare(2)];
  assert.equal(prepare(0), first);
  assert.deepEqual(
    [first, second, third].map(({ guarded }) => closes(guarded)),
    [0, 0, 0],
  );
  // Room for the three smaller ones only: used again, the first one stays.
  const fourth = prepare(3);
  assert.deepEqual(
    [first, second, third, fourth].map(({ guarded }) => closes(guarded)),
    [0, 1, 0, 0],
  );
  assert.equal(prepare(0), first);
  const again = prepare(1);
  assert.notEqual(again, second);
  assert.deepEqual(
    [first, second, third, fourth, again].map(({ guarded }) => closes(guarded)),
    [0, 1, 1, 0, 0],
  );
});

test('a program larger than all that may be kept stays while it is used, and is closed by the next one', (context) => {
  const { prepare, closes } = cacheFor(context, 1);
  const { guarded } = prepare(0);
  assert.equal(prepare(0).guarded, guarded);
  assert.equal(closes(guarded), 0);
  const next = prepare(1);
  assert.deepEqual([guarded, next.guarded].map(closes), [1, 0]);
});
