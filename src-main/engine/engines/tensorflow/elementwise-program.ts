import type { Tensor1D } from '@tensorflow/tfjs';
import type { Arithmetic } from '../../../../src-shared/training/optimizers/optimizer.ts';
import type { Elementwise, StepVector } from '../../operations.ts';

/** What `KindlingElementwise` computes, in the words of src-native/elementwise.h. */
export interface ElementwiseProgram {
  /** The tensors that go in. */
  readonly inputs: readonly Tensor1D[];
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
 * @param vectors by name: the tensors, which go in in their order, and step vectors, which go in as numbers
 * @param scalars the names of the scalars, which go in in this order
 */
export function elementwiseProgram<Vectors extends string, Scalars extends string>(
  vectors: Readonly<Record<Vectors, Tensor1D | StepVector>>,
  scalars: readonly Scalars[],
  compute: Elementwise<Vectors, Scalars>,
): ElementwiseProgram {
  const inputs: Tensor1D[] = [];
  const wordOf = (vector: Tensor1D | StepVector): string =>
    'value' in vector ? `f${vector.count}:${Math.fround(vector.value)}` : `v${inputs.push(vector) - 1}`;
  const words = Object.entries<Tensor1D | StepVector>(vectors).map(
    ([name, vector]) => [name, wordOf(vector)] as const,
  );
  const instructions: string[] = [];
  const instruction = (...words: string[]): Named => {
    instructions.push(words.join(' '));
    return { word: `v${inputs.length + instructions.length - 1}` };
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
  const computed = compute(
    arithmetic,
    named<Vectors>(words),
    named<Scalars>(scalars.map((name, index) => [name, `s${index}`])),
  );
  return {
    inputs,
    instructions: instructions.join(';'),
    results: computed.map(({ word }) => word.slice(1)).join(' '),
    outputs: computed.length,
  };
}

function named<Name extends string>(words: readonly (readonly [string, string])[]): Record<Name, Named> {
  return Object.fromEntries(words.map(([name, word]) => [name, { word }])) as Record<Name, Named>;
}
