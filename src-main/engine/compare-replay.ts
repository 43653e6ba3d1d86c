import { powerOfTen } from '../../src-shared/numbers.ts';
import type { Precision } from '../../src-shared/studies/recipe.ts';
import { optimizerNamed } from '../../src-shared/training/optimizers/registry.ts';
import type { EvaluationResult, State, StepResult } from './engine.ts';
import type { TrainingProgram } from './training-program.ts';

/**
 * How far a replayed step may lie from the eager one: the L2 norm of the difference between the two new
 * states, divided by that of the step itself, for each vector of the state. Fused kernels add in another
 * order; the worst seen is 1e-3 (ShuffleNet, where rounding moves a few activations across zero).
 */
const REPLAY_TOLERANCE = 1e-2;

/**
 * The same for what an optimizer normalizes, such as the parameters under Adam and AdamW. Their first step is the
 * gradient's sign times the learning rate, so that a gradient which is nothing but rounding flips its parameter's whole
 * step; the worst seen is 4e-2. The moments, which hold the gradient itself, keep to `REPLAY_TOLERANCE`.
 */
const NORMALIZED_TOLERANCE = 0.2;

/** The same for the losses, relative above 1. */
const LOSS_TOLERANCE = 1e-3;

/** The same where products are rounded to 8 bits of mantissa; the worst seen is 7e-3 (MobileNet on 8 images). */
const ROUNDED_LOSS_TOLERANCE = 5e-2;

/** How far one vector of a program's state may lie from the eager one after a step. */
export function replayTolerance({ recipe }: TrainingProgram, vector: string): number {
  const { normalized } = optimizerNamed(recipe.optimizer);
  return normalized.includes(vector) ? NORMALIZED_TOLERANCE : REPLAY_TOLERANCE;
}

/** Share of images that a replayed evaluation may put into another class: near ties, which rounding decides. */
const OTHER_PREDICTIONS = 0.1;

/** What a step gave for each of some networks, and the states that it left. */
export interface SteppedStates {
  readonly results: readonly StepResult[];
  readonly states: readonly State[];
}

/**
 * What speaks against a replayed step; null if nothing does.
 * @param before the states from which both steps were taken
 */
export function stepDifference(
  program: TrainingProgram,
  before: readonly State[],
  expected: SteppedStates,
  found: SteppedStates,
): string | null {
  for (const [network, { loss }] of expected.results.entries()) {
    const replayed = found.results[network]?.loss ?? Number.NaN;
    if (!closeLosses(loss, replayed))
      return `the compiled step gave a loss of ${replayed}, the eager one ${loss}`;
    for (const [index, { name }] of program.state.entries()) {
      const [from, to, other] = [before, expected.states, found.states].map(
        (states) => states[network]?.[index],
      );
      const distance = relativeDistance(from, to, other);
      if (!(distance <= replayTolerance(program, name)))
        return `the compiled step's ${name} differ from the eager one's by ${powerOfTen(distance, 1)} of the step`;
    }
  }
  return null;
}

/**
 * What speaks against a step whose products were rounded; null if nothing does. Only the losses are compared: with batch norm over few
 * images the gradients of rounded products may have little in common with those of the others.
 * @param expected of the same step in float32
 * @param states that it left
 */
export function roundedDifference(
  precision: Precision,
  expected: readonly StepResult[],
  found: readonly StepResult[],
  states: readonly State[],
): string | null {
  for (const [network, { loss }] of expected.entries()) {
    const rounded = found[network]?.loss ?? Number.NaN;
    if (!closeLosses(loss, rounded, ROUNDED_LOSS_TOLERANCE))
      return `the step in ${precision} gave a loss of ${rounded}, that in float32 ${loss}`;
    if (Number.isFinite(loss) && !(states[network] ?? []).every((values) => values.every(Number.isFinite)))
      return `the step in ${precision} left weights that are not finite`;
  }
  return null;
}

function closeLosses(expected: number, found: number, tolerance = LOSS_TOLERANCE): boolean {
  if (!Number.isFinite(expected)) return !Number.isFinite(found);
  return Math.abs(expected - found) <= tolerance * Math.max(1, Math.abs(expected));
}

/** What speaks against a replayed evaluation of some networks; null if nothing does. */
export function evaluationDifference(
  expected: readonly EvaluationResult[],
  found: readonly EvaluationResult[],
): string | null {
  for (const [network, result] of expected.entries()) {
    const replayed = found[network];
    const difference = replayed === undefined ? 'a network is missing' : differenceOf(result, replayed);
    if (difference !== null) return difference;
  }
  return null;
}

function differenceOf(expected: EvaluationResult, found: EvaluationResult): string | null {
  if (!closeLosses(expected.loss, found.loss))
    return `the compiled evaluation gave a loss of ${found.loss}, the eager one ${expected.loss}`;
  const images = expected.predicted.length;
  const others = expected.predicted.filter((value, index) => value !== found.predicted[index]).length;
  const off = Math.max(
    others,
    Math.abs(expected.correct - found.correct),
    Math.abs(expected.correctTop5 - found.correctTop5),
  );
  // Written so that a count that is no number is refused.
  if (off <= Math.max(1, OTHER_PREDICTIONS * images)) return null;
  return `the compiled evaluation and the eager one differ on ${off} of ${images} images`;
}

/** |found - expected| / |expected - before| in the L2 norm; 0 where both are equal. */
function relativeDistance(before?: Float32Array, expected?: Float32Array, found?: Float32Array): number {
  if (!before || !expected || !found) return Number.NaN;
  let difference = 0;
  let step = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] ?? Number.NaN;
    difference += ((found[i] ?? Number.NaN) - value) ** 2;
    step += (value - (before[i] ?? Number.NaN)) ** 2;
  }
  return difference === 0 ? 0 : Math.sqrt(difference / step);
}
