import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { learningRateAt } from '../../../src-shared/studies/learning-rate.ts';
import { recipeSchema, type Recipe } from '../../../src-shared/studies/recipe.ts';

interface Fixture {
  readonly cases: readonly {
    readonly recipe: Pick<
      Recipe,
      'learningRate' | 'schedule' | 'warmup' | 'milestones' | 'gamma' | 'riseShare'
    >;
    readonly stepsPerEpoch: number;
    readonly totalSteps: number;
    readonly rates: readonly number[];
  }[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/learning-rates.json', import.meta.url), 'utf8'),
) as Fixture;

for (const { recipe, stepsPerEpoch, totalSteps, rates } of fixture.cases) {
  const warm = recipe.warmup > 0 ? `, warm-up of ${recipe.warmup} epochs` : '';
  test(`${recipe.schedule} over ${totalSteps} steps${warm}: the rates of PyTorch's schedulers`, () => {
    assert.equal(rates.length, totalSteps);
    for (const [step, expected] of rates.entries()) {
      const found = learningRateAt(recipe, step, totalSteps, stepsPerEpoch);
      // PyTorch computes some of them from the rate before, so that rounding adds up.
      assert.ok(Math.abs(found - expected) <= 1e-12, `step ${step}: ${found}, not ${expected}`);
    }
  });
}

const schedules = recipeSchema.shape.schedule.def.innerType.options;

test('every schedule stays above zero and never exceeds the peak, however short the run', () => {
  for (const schedule of schedules)
    for (const totalSteps of [1, 2, 3, 5, 40])
      for (const warmup of [0, 0.3, 5]) {
        const recipe = { learningRate: 0.1, schedule, warmup, milestones: [1], gamma: 0.1, riseShare: 0.3 };
        for (let step = 0; step < totalSteps; step++) {
          const rate = learningRateAt(recipe, step, totalSteps, 4);
          assert.ok(rate > 0 && rate <= 0.1 + 1e-15, `${schedule}, step ${step} of ${totalSteps}: ${rate}`);
        }
      }
});

test('a warm-up that is longer than the run only rises', () => {
  const recipe = recipeSchema.parse({ schedule: 'cosine', warmup: 10, learningRate: 1 });
  const rates = [0, 1, 2, 3].map((step) => learningRateAt(recipe, step, 4, 2));
  assert.deepEqual(rates, [0.25, 0.5, 0.75, 1]);
});
