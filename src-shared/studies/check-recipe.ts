import { andList } from '../lists.ts';
import { checkInput } from '../mistakes/check-input.ts';
import { type Checked, type Mistake, wrong } from '../mistakes/mistake.ts';
import { optimizerNames, optimizersWith, type OptimizerName } from '../training/optimizers/registry.ts';
import { recipeSchema, type Recipe } from './recipe.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What decides a study's optimizers, of a file or of a form. */
interface Design {
  readonly training: Fields;
  readonly vary?: Readonly<Record<string, readonly unknown[]>> | undefined;
  readonly cells?: readonly Fields[] | undefined;
}

/** A recipe with its defaults, each field by itself: what varies in a study may yet change the others. */
export function checkRecipeFields(training: Fields): Checked<Recipe> {
  return checkInput(recipeSchema, training);
}

/**
 * The recipe of a cell: every field, and that they go together.
 * @param varied what the cell's factors set; the fields of the study's recipe are those of some of its cells
 */
export function checkRecipe(training: Fields, varied: Fields): Checked<Recipe> {
  const recipe = checkRecipeFields({ ...training, ...varied });
  if (!recipe.ok) return recipe;
  const mistakes = [...checkWarmup(recipe.value), ...checkOptimizerFields(varied, [recipe.value.optimizer])];
  return mistakes.length > 0 ? wrong(...mistakes) : recipe;
}

/** Fields that none of these optimizers has: who sets them takes them for what was trained with. */
export function checkOptimizerFields(fields: Fields, optimizers: readonly OptimizerName[]): Mistake[] {
  return Object.entries(fields).flatMap(([name, value]): Mistake[] => {
    const owners = optimizersWith(name);
    if (owners.length === 0 || owners.some((owner) => optimizers.includes(owner))) return [];
    const message = `this is a setting of ${andList(owners)}, but the optimizer is ${andList(optimizers)}; leave it out.`;
    return [{ path: [name], value, message }];
  });
}

/** The optimizers of a study's cells. Those that are wrong are left to the check of the field itself. */
export function optimizersOfStudy({ training, vary = {}, cells = [] }: Design): OptimizerName[] {
  const path = 'training.optimizer';
  const fromRecipe = recipeSchema.shape.optimizer.safeParse(training['optimizer']).data;
  const varied = Object.hasOwn(vary, path)
    ? (vary[path] ?? [])
    : cells.length > 0
      ? cells.map((factors) => factors[path] ?? fromRecipe)
      : [fromRecipe];
  return optimizerNames.filter((name) => varied.includes(name));
}

/**
 * A warm-up rises to the peak, so that what follows must begin there: `one-cycle` begins at a 25th of it, and `step` below
 * it where a milestone lies within the warm-up.
 */
function checkWarmup({ warmup, schedule, riseShare, milestones }: Recipe): Mistake[] {
  if (warmup === 0) return [];
  if (schedule === 'one-cycle') {
    const message =
      `${warmup} cannot be combined with the schedule one-cycle, which has its own warm-up: it rises from 1/25 of the ` +
      `learning rate for riseShare (${riseShare}) of the steps. Leave warmup out, or choose constant, step, linear or ` +
      'cosine.';
    return [{ path: ['warmup'], value: warmup, message }];
  }
  const early = milestones.find((epoch) => epoch < warmup);
  if (schedule !== 'step' || early === undefined) return [];
  const message = `${early} is within the warm-up, which reaches the full learning rate at epoch ${warmup}; use later epochs.`;
  return [{ path: ['milestones'], value: milestones, message }];
}
