import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showMistake } from '../../../src-shared/mistakes/show-mistake.ts';
import { checkRecipe } from '../../../src-shared/studies/check-recipe.ts';
import { learningRateAt } from '../../../src-shared/studies/learning-rate.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';

const REFUSED: readonly (readonly [training: Readonly<Record<string, unknown>>, sentence: RegExp])[] = [
  [
    { warmup: 1 },
    /^warmup: 1 does not go with the schedule one-cycle, .* for riseShare \(0\.3\) of the steps/,
  ],
  [{ warmup: 0.1, schedule: 'one-cycle' }, /^warmup: 0\.1 does not go with/],
  [{ warmup: 5, schedule: 'step', milestones: [8, 3] }, /^milestones: 3 lies within the warm-up, .* epoch 5/],
  [{ epochs: 2, warmup: 2.5, schedule: 'cosine' }, /^warmup: 2\.5 is more than the epochs of the run \(2\)/],
];

test('a warm-up that does not end where the schedule begins is refused with words (no. 11)', () => {
  for (const [training, sentence] of REFUSED) {
    const checked = checkRecipe(training);
    assert(!checked.ok, JSON.stringify(training));
    assert.match(checked.mistakes.map(showMistake).join(), sentence);
  }
});

test('after every warm-up that is accepted the learning rate goes on from where it has risen to (no. 11)', () => {
  let accepted = 0;
  for (const schedule of recipeSchema.shape.schedule.def.innerType.options)
    for (const warmup of [0.5, 1, 2])
      for (const milestones of [[], [1], [2, 3]]) {
        const recipe = checkRecipe({ schedule, warmup, milestones, gamma: 0.1 });
        if (!recipe.ok) continue;
        accepted += 1;
        const steps = warmup * 10;
        const [before, after] = [steps - 1, steps].map((step) => learningRateAt(recipe.value, step, 40, 10));
        const peak = recipe.value.learningRate;
        assert.equal(before, peak);
        // a milestone right at the end of the warm-up is a milestone and no jump of the schedule
        const isMilestone = schedule === 'step' && milestones.includes(warmup);
        if (!isMilestone) assert.equal(after, peak, JSON.stringify(recipe.value));
      }
  assert(accepted > 20);
});

test('what earlier versions trained with a warm-up before one-cycle is still what its recipe says (no. 11)', () => {
  const recipe = recipeSchema.parse({ learningRate: 0.1, warmup: 1 });
  const rates = Array.from({ length: 20 }, (_, step) =>
    Number(learningRateAt(recipe, step, 20, 5).toFixed(12)),
  );
  assert.deepEqual(rates.slice(3, 6), [0.08, 0.1, 0.004]);
});
