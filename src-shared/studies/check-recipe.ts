import { checkInput } from '../mistakes/check-input.ts';
import { type Checked, type Mistake, wrong } from '../mistakes/mistake.ts';
import { recipeSchema, type Recipe } from './recipe.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A recipe with its defaults, each field by itself: what varies in a study may yet change the others. */
export function checkRecipeFields(training: Fields): Checked<Recipe> {
  return checkInput(recipeSchema, training);
}

/** The recipe of a cell: every field, and that they go together. */
export function checkRecipe(training: Fields): Checked<Recipe> {
  const recipe = checkRecipeFields(training);
  if (!recipe.ok) return recipe;
  const mistakes = checkWarmup(recipe.value);
  return mistakes.length > 0 ? wrong(...mistakes) : recipe;
}

/**
 * A warm-up rises to the peak, so that what follows must begin there: `one-cycle` begins at a 25th of it, and `step` below
 * it where a milestone lies within the warm-up.
 */
function checkWarmup({ warmup, schedule, riseShare, milestones }: Recipe): Mistake[] {
  if (warmup === 0) return [];
  if (schedule === 'one-cycle') {
    const message =
      `${warmup} does not go with the schedule one-cycle, which has a warm-up of its own: it rises from a 25th of the ` +
      `learning rate for riseShare (${riseShare}) of the steps. Leave warmup out, or choose constant, step, linear or ` +
      'cosine.';
    return [{ path: ['warmup'], value: warmup, message }];
  }
  const early = milestones.find((epoch) => epoch < warmup);
  if (schedule !== 'step' || early === undefined) return [];
  const message = `${early} lies within the warm-up, which rises to the full learning rate until epoch ${warmup}; give later epochs.`;
  return [{ path: ['milestones'], value: milestones, message }];
}
