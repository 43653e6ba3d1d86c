import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { Arithmetic } from '../../../../../src-shared/training/optimizers/optimizer.ts';
import type { Elementwise, StepVector } from '../../../operations.ts';
import { eachValue, groupsOf } from './each-value.ts';
import type { RunKernel } from './run-kernel.ts';

/** Writes an expression of WGSL for one value. */
const WRITTEN: Arithmetic<string, string> = {
  add: (a, b) => `(${a} + ${b})`,
  sub: (a, b) => `(${a} - ${b})`,
  mul: (a, b) => `(${a} * ${b})`,
  div: (a, b) => `(${a} / ${b})`,
  square: (a) => `(${a} * ${a})`,
  sqrt: (a) => `sqrt(${a})`,
};

/**
 * As `Operations.elementwise`: all vectors in one pass over the memory, where the device gives a program so many buffers.
 * @param mostBuffers that a program may have, 8 on any device: what needs more has its scalars in one, and what then still does a pass for each result
 */
export function elementwise<Vectors extends string, Scalars extends string>(
  run: RunKernel,
  mostBuffers: number,
  vectors: Readonly<Record<Vectors, Tensor1D | StepVector>>,
  scalars: Readonly<Record<Scalars, Scalar>>,
  compute: Elementwise<Vectors, Scalars>,
): readonly Tensor1D[] {
  const entries = Object.entries<Tensor1D | StepVector>(vectors);
  const whole = entries.flatMap(([name, vector], place) =>
    'value' in vector ? [] : [{ name, place: `vector${place}`, vector }],
  );
  const steps = entries.flatMap(([name, vector], place) =>
    'value' in vector ? [{ name, place: `step${place}`, vector }] : [],
  );
  const single = Object.entries<Scalar>(scalars).map(([name, scalar], place) => ({
    ...{ name, scalar, place: `scalar${place}` },
  }));
  const vectorValues = Object.fromEntries([
    ...whole.map(({ name, place }) => [name, `${place}[i]`]),
    ...steps.map(({ name, place }) => [name, `select(0.0, u.${place}Value, i < u.${place}Count)`]),
  ]) as Record<Vectors, string>;
  const expressionsWith = (scalarAt: (place: string, index: number) => string): readonly string[] => {
    const values = single.map(({ name, place }, index) => [name, scalarAt(place, index)]);
    return compute(WRITTEN, vectorValues, Object.fromEntries(values) as Record<Scalars, string>);
  };
  const count = whole[0]?.vector.size ?? 0;
  const given: readonly (readonly [place: string, tensor: Tensor])[] = whole.map(({ place, vector }) => [
    place,
    vector,
  ]);
  const pass = (expressions: readonly string[], inputs: typeof given): readonly Tensor1D[] => {
    const names = expressions.map((_, index) => `new${index}`);
    const made = run({
      name: 'elementwise',
      code: eachValue(
        expressions.map((expression, index) => `${names[index]}[i] = ${expression};`).join('\n  '),
      ),
      inputs: Object.fromEntries(inputs),
      outputs: Object.fromEntries(names.map((name) => [name, [count]])),
      sizes: {
        count,
        ...Object.fromEntries(steps.map(({ place, vector }) => [`${place}Count`, vector.count])),
      },
      numbers: Object.fromEntries(steps.map(({ place, vector }) => [`${place}Value`, vector.value])),
      workgroups: groupsOf(count),
    });
    return names.map((name) => made[name] as Tensor1D);
  };

  const apart = expressionsWith((place) => `${place}[0]`);
  if (given.length + single.length + apart.length <= mostBuffers)
    return pass(apart, [...given, ...single.map(({ place, scalar }) => [place, scalar] as const)]);
  const joined = [
    ...given,
    ...(single.length === 0
      ? []
      : [['scalars', tf.concat1d(single.map(({ scalar }) => tf.reshape(scalar, [1])))] as const]),
  ];
  const expressions = expressionsWith((_, index) => `scalars[${index}]`);
  if (joined.length + expressions.length <= mostBuffers) return pass(expressions, joined);
  return expressions.flatMap((expression) =>
    pass(
      [expression],
      joined.filter(([place]) => expression.includes(`${place}[`)),
    ),
  );
}
