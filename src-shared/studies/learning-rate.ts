import { assertNever } from '../assert-never.ts';
import type { Recipe } from './recipe.ts';

type ScheduleRecipe = Pick<
  Recipe,
  'learningRate' | 'schedule' | 'warmup' | 'milestones' | 'gamma' | 'riseShare'
>;

/** One-cycle starts at the peak divided by this, as in PyTorch's OneCycleLR. */
const START_DIVISOR = 25;
/** One-cycle ends at its start divided by this. */
const END_DIVISOR = 1e4;

/**
 * The learning rate of a step.
 *
 * - `constant`
 * - `step`: times `gamma` at each milestone (in epochs)
 * - `linear`: to zero at the end (Caffe's `poly` with power 1, SqueezeNet's own)
 * - `cosine`: half a period to zero (Loshchilov and Hutter, 1608.03983)
 * - `one-cycle`: rises along a cosine for `riseShare` of the steps, then falls (Smith and Topin, 1708.07120;
 *   the values of PyTorch's OneCycleLR)
 *
 * For `warmup` epochs before, it rises linearly to the peak; the schedule takes the steps that are left.
 *
 * @param step counted from 0
 */
export function learningRateAt(
  recipe: ScheduleRecipe,
  step: number,
  totalSteps: number,
  stepsPerEpoch: number,
): number {
  const warmupSteps = Math.min(Math.round(recipe.warmup * stepsPerEpoch), totalSteps);
  if (step < warmupSteps) return (recipe.learningRate * (step + 1)) / warmupSteps;
  const peak = recipe.learningRate;
  const length = totalSteps - warmupSteps;
  const done = (step - warmupSteps) / Math.max(1, length);
  switch (recipe.schedule) {
    case 'constant':
      return peak;
    case 'step':
      return peak * recipe.gamma ** recipe.milestones.filter((epoch) => step >= epoch * stepsPerEpoch).length;
    case 'linear':
      return peak * (1 - done);
    case 'cosine':
      return cosine(peak, 0, done);
    case 'one-cycle':
      return oneCycle(peak, recipe.riseShare, step - warmupSteps, length);
    default:
      return assertNever(recipe.schedule);
  }
}

function oneCycle(peak: number, riseShare: number, step: number, length: number): number {
  const start = peak / START_DIVISOR;
  const top = riseShare * length - 1;
  if (step <= top) return cosine(start, peak, step / Math.max(top, 1e-9));
  return cosine(peak, start / END_DIVISOR, (step - top) / Math.max(length - 1 - top, 1e-9));
}

/** Half a period of a cosine from one value to another; `share` in [0, 1]. */
function cosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(share, 1)))) / 2;
}
