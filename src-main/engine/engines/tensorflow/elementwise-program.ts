import type { Arithmetic } from '../../../../src-shared/training/optimizers/optimizer.ts';
import type { Elementwise, StepVector } from '../../operations.ts';

/** What `KindlingElementwise` computes, in the words of src-native/elementwise.h. */
export interface ElementwiseProgram {
  readonly instructions: string;
  readonly results: string;
  readonly outputs: number;
}

/** A vector or a scalar by its word in a program, such as v3, s0, or f100:0.5 for the first 100 places. */
interface Named {
  readonly word: string;
}

/**
 * Writes down what `compute` does.
 *
 * @param vectors the names of the vectors that go in, in this order
 * @param steps what goes in as a number and the count of places that have it
 * @param scalars the names of the scalars that go in, in this order
 */
export function elementwiseProgram<Vectors extends string, Scalars extends string>(
  vectors: readonly Vectors[],
  steps: Readonly<Partial<Record<Vectors, StepVector>>>,
  scalars: readonly Scalars[],
  compute: Elementwise<Vectors, Scalars>,
): ElementwiseProgram {
  const instructions: string[] = [];
  const instruction = (...words: string[]): Named => {
    instructions.push(words.join(' '));
    return { word: `v${vectors.length + instructions.length - 1}` };
  };
  const operator =
    (name: string) =>
    (a: Named, b: Named | number): Named =>
      instruction(name, a.word, typeof b === 'number' ? String(Math.fround(b)) : b.word);
  const arithmetic: Arithmetic<Named, Named> = {
    ...{ add: operator('add'), sub: operator('sub'), mul: operator('mul'), div: operator('div') },
    square: (a) => instruction('square', a.word),
    sqrt: (a) => instruction('sqrt', a.word),
  };
  const stepped = Object.entries<StepVector | undefined>(steps).flatMap(([name, step]) =>
    step === undefined ? [] : [[name, { word: `f${step.count}:${Math.fround(step.value)}` }] as const],
  );
  const given = { ...named(vectors, 'v'), ...Object.fromEntries(stepped) };
  const computed = compute(arithmetic, given, named(scalars, 's'));
  return {
    instructions: instructions.join(';'),
    results: computed.map(({ word }) => word.slice(1)).join(' '),
    outputs: computed.length,
  };
}

function named<Name extends string>(names: readonly Name[], kind: string): Record<Name, Named> {
  return Object.fromEntries(names.map((name, index) => [name, { word: `${kind}${index}` }])) as Record<
    Name,
    Named
  >;
}
