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

/** As `Operations.elementwise`: all vectors in one pass over the memory. */
export function elementwise<Vectors extends string, Scalars extends string>(
  run: RunKernel,
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
  const expressions = compute(
    WRITTEN,
    Object.fromEntries([
      ...whole.map(({ name, place }) => [name, `${place}[i]`]),
      ...steps.map(({ name, place }) => [name, `select(0.0, u.${place}Value, i < u.${place}Count)`]),
    ]) as Record<Vectors, string>,
    Object.fromEntries(single.map(({ name, place }) => [name, `${place}[0]`])) as Record<Scalars, string>,
  );
  const count = whole[0]?.vector.size ?? 0;
  const names = expressions.map((_, index) => `new${index}`);
  const made = run({
    name: 'elementwise',
    code: eachValue(
      expressions.map((expression, index) => `${names[index]}[i] = ${expression};`).join('\n  '),
    ),
    inputs: Object.fromEntries<Tensor>([
      ...whole.map(({ place, vector }) => [place, vector] as const),
      ...single.map(({ place, scalar }) => [place, scalar] as const),
    ]),
    outputs: Object.fromEntries(names.map((name) => [name, [count]])),
    sizes: {
      count,
      ...Object.fromEntries(steps.map(({ place, vector }) => [`${place}Count`, vector.count])),
    },
    numbers: Object.fromEntries(steps.map(({ place, vector }) => [`${place}Value`, vector.value])),
    workgroups: groupsOf(count),
  });
  return names.map((name) => made[name] as Tensor1D);
}
