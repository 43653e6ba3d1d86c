import { z } from 'zod';

/**
 * What an update is written with. `Vector` holds one value for each parameter, `Scalar` one value; all operations go
 * value by value and leave their operands alone.
 */
export interface Arithmetic<Vector, Scalar> {
  readonly add: (a: Vector, b: Vector | Scalar | number) => Vector;
  readonly sub: (a: Vector, b: Vector | Scalar | number) => Vector;
  readonly mul: (a: Vector, b: Vector | Scalar | number) => Vector;
  readonly div: (a: Vector, b: Vector | Scalar | number) => Vector;
  readonly square: (a: Vector) => Vector;
  readonly sqrt: (a: Vector) => Vector;
}

/**
 * How a gradient becomes a direction; the parameters w then become w - learning rate * direction. A pure function, so
 * that it can be recorded: what it remembers are its slots.
 */
export interface UpdateRule<Slot extends string = string, Scalar extends string = string> {
  /** Vectors that it keeps from step to step, in the order of checkpoints; zero before the first step. */
  readonly slots: readonly Slot[];
  /** Numbers that differ from step to step. @param time the number of the step, counted from 1 */
  scalars(time: number): Readonly<Record<Scalar, number>>;
  direction<V, S>(
    operations: Arithmetic<V, S>,
    gradient: V,
    slots: Readonly<Record<Slot, V>>,
    scalars: Readonly<Record<Scalar, S>>,
  ): { readonly direction: V; readonly slots: Readonly<Record<Slot, V>> };
}

/** Gives `direction` the names of its own slots and scalars. */
export function updateRule<const Slot extends string = never, const Scalar extends string = never>(
  rule: UpdateRule<Slot, Scalar>,
): UpdateRule {
  return rule;
}

interface OptimizerWords<Name extends string, Fields extends z.ZodRawShape> {
  /** The word in study files. */
  readonly name: Name;
  /** What people call it. */
  readonly title: string;
  /** The place among optimizers wherever they are listed, and so that of its fields among the recipe's. */
  readonly order: number;
  /**
   * Its fields of the recipe, each with a default and its words. Optimizers that share a field share its schema:
   * it has one meaning and one default.
   */
  readonly fields: Fields;
  /** Whether weight decay is added to the direction, as in AdamW, and not to the gradient (L2). */
  readonly decoupledDecay: boolean;
  /**
   * Which of `parameters` and its slots change by gradients divided by their own size. Where a gradient is nothing but
   * rounding, so is its sign, and two ways to compute the same step may differ by the whole step.
   */
  readonly normalized: readonly string[];
}

export interface Optimizer<
  Name extends string = string,
  Fields extends z.ZodRawShape = z.ZodRawShape,
> extends OptimizerWords<Name, Fields> {
  /** @param recipe has the optimizer's fields among others; what is absent has its default. @throws ZodError */
  readonly rule: (recipe: object) => UpdateRule;
}

/** @param rule made from the settings that a recipe gives the optimizer's fields */
export function defineOptimizer<const Name extends string, Fields extends z.ZodRawShape>(
  words: OptimizerWords<Name, Fields>,
  rule: (settings: z.output<z.ZodObject<Fields>>) => UpdateRule,
): Optimizer<Name, Fields> {
  const settings = z.object(words.fields);
  return { ...words, rule: (recipe) => rule(settings.parse(recipe)) };
}
