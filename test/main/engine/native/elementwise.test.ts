import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { composedOperations } from '../../../../src-main/engine/composed-operations.ts';
import { elementwiseProgram } from '../../../../src-main/engine/engines/tensorflow/elementwise-program.ts';
import type { Elementwise } from '../../../../src-main/engine/operations.ts';
import { attributes, drawn, execute, type Values, withAnyThreads, withEachSet } from './own-ops.ts';

const { integer, text } = attributes;

const stepOf = ({ values }: Values) => ({ value: 0.3, count: Math.min(700, values.length) });

/** Every operator, with each kind of operand. */
const compute: Elementwise<'a' | 'b' | 'step', 's'> = (
  { add, sub, mul, div, square, sqrt },
  { a, b, step },
  { s },
) => {
  const moved = add(mul(a, 0.9), b);
  const squared = add(square(moved), 1e-8);
  return [sub(a, mul(div(moved, sqrt(squared)), s)), moved, add(b, mul(a, step)), a];
};

function vectorsOf(a: Values, b: Values) {
  return { a: tf.tensor1d(a.values), b: tf.tensor1d(b.values), step: stepOf(a) };
}

function own(a: Values, b: Values, s: Values): Values[] {
  const program = elementwiseProgram(vectorsOf(a, b), ['s'], compute);
  return run(program, [a, b, s]);
}

interface Program {
  readonly instructions: string;
  readonly results: string;
  readonly outputs: number;
}

function run({ instructions, results, outputs }: Program, inputs: readonly Values[], vectors = 2): Values[] {
  const counts = { count: vectors, numbers: inputs.length - vectors, outputs };
  const attrs = [
    ...Object.entries(counts).map(([name, count]) => integer(name, count)),
    ...[text('instructions', instructions), text('results', results)],
  ];
  return execute('KindlingElementwise', attrs, inputs, outputs);
}

/** The same, operation by operation. */
function composed(a: Values, b: Values, s: Values): Float32Array[] {
  return tf.tidy(() => {
    const scalars = { s: tf.scalar(s.values[0] ?? NaN) };
    return composedOperations
      .elementwise(vectorsOf(a, b), scalars, compute)
      .map((vector) => vector.dataSync<'float32'>().slice());
  });
}

for (const size of [1, 15, 700, 701, 40_001])
  test(`${size} places in one pass are those of TensorFlow's operations to the bit`, () => {
    const [a, b] = [drawn([size], 'a'), drawn([size], 'b')];
    const s: Values = { shape: [], values: Float32Array.of(0.05) };
    if (size > 100) [NaN, Infinity, -Infinity].forEach((value, i) => (a.values[i * 30] = value));
    const expected = composed(a, b, s);
    withEachSet((set) => {
      const found = withAnyThreads(set, () => own(a, b, s));
      assert.deepEqual(
        found.map(({ values }) => values),
        expected,
        set,
      );
    });
  });

test('a program that cannot be is refused, and what is wrong is said', () => {
  const inputs = [drawn([3], 'a'), drawn([3], 'b')];
  const refused = (instructions: string, message: RegExp, results = '2', others = inputs) =>
    assert.throws(() => run({ instructions, results, outputs: 1 }, others), message);
  refused('pow v0 v1', /no operator pow/);
  refused('add v0 v7', /there is no 7/);
  refused('add v0', /operand is missing/);
  refused('add v0 x', /"x" is no number/);
  refused('add 3 v0', /left operand/);
  refused('add v0 v1', /there is no 9/, '9');
  refused('add v0 v1', /not as many results/, '2 1');
  refused('add v0 v1', /different lengths/, '2', [drawn([3], 'a'), drawn([4], 'b')]);
});
