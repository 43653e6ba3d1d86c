import { canonicalJson } from '../canonical-hash.ts';
import { significant } from '../numbers.ts';
import { learningRateAt } from './learning-rate.ts';
import { computedFields, type Recipe } from './recipe.ts';

/** Whether a run by the second recipe can go on from the end of one by the first. */
export type Extension = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

/** Steps of an epoch by which learning rates are compared: they depend on the share of an epoch that is over. */
const STEPS = 16;

/**
 * Whether a training by a recipe begins as the whole of a training by another one with fewer epochs: with the same learning rate at every
 * step, and otherwise the same settings. Then its end is a point on the way of the longer one.
 */
export function extensionOf(before: Recipe, after: Recipe): Extension {
  if (after.epochs <= before.epochs)
    return refused(`it has ${after.epochs} epochs, no more than the ${before.epochs} that were trained`);
  const other = otherSettings(before, after);
  if (other.length > 0) return refused(`training.${other.join(', training.')} differs`);
  const step = firstOtherStep(before, after);
  if (step === null) return { allowed: true };
  const [was, is] = [before, after].map((recipe) => significant(rateAt(recipe, step), 3));
  const epoch = Math.floor(step / STEPS) + 1;
  const what = step < before.warmup * STEPS ? 'the warm-up' : `the schedule ${after.schedule}`;
  return refused(
    `the learning rate of ${what} depends on the number of epochs: in epoch ${epoch} it was ${was} of ${before.epochs} epochs, and would be ${is} of ${after.epochs}`,
  );
}

function refused(why: string): Extension {
  return { allowed: false, why };
}

function otherSettings(before: Recipe, after: Recipe): string[] {
  const [was, is] = [computedFields(before), computedFields(after)] as Readonly<Record<string, unknown>>[];
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
  return [...names].filter(
    (name) => name !== 'epochs' && canonicalJson(was?.[name]) !== canonicalJson(is?.[name]),
  );
}

function firstOtherStep(before: Recipe, after: Recipe): number | null {
  for (let step = 0; step < before.epochs * STEPS; step++)
    if (rateAt(before, step) !== rateAt(after, step)) return step;
  return null;
}

function rateAt(recipe: Recipe, step: number): number {
  return learningRateAt(recipe, step, recipe.epochs * STEPS, STEPS);
}
