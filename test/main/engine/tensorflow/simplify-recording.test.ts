import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  RecordedOp,
  Recording,
  Source,
} from '../../../../src-main/engine/engines/tensorflow/recording.ts';
import { simplified } from '../../../../src-main/engine/engines/tensorflow/simplify-recording.ts';

const input: Source = { kind: 'input', index: 0 };
const constant = (index: number): Source => ({ kind: 'constant', index });
const op = (index: number): Source => ({ kind: 'op', index, output: 0 });

/** The shape of a reshape is a constant. */
function shapeConstant(...shape: number[]) {
  return { shape: [shape.length], dtype: 3, values: Int32Array.from(shape) };
}

function recorded(name: string, inputs: readonly Source[], ...shape: number[]): RecordedOp {
  return { name, attributes: [], inputs, shapes: [shape] };
}

function namesOf({ ops }: Recording): string[] {
  return ops.map(
    ({ name, inputs }) => `${name}(${inputs.map(({ kind, index }) => `${kind} ${index}`).join(', ')})`,
  );
}

test('reshapes of reshapes are one, one that changes nothing is none, and equal constants are one', () => {
  const recording: Recording = {
    inputShapes: [[6]],
    constants: [
      shapeConstant(2, 3),
      shapeConstant(6),
      shapeConstant(3, 2),
      shapeConstant(2, 3),
      shapeConstant(6),
    ],
    ops: [
      recorded('Reshape', [input, constant(0)], 2, 3),
      recorded('Relu', [op(0)], 2, 3),
      // back to what the input is: stands for it
      recorded('Reshape', [op(0), constant(1)], 6),
      recorded('Neg', [op(2)], 6),
      // of a reshape: reads what that read
      recorded('Reshape', [op(1), constant(2)], 3, 2),
      recorded('Reshape', [op(4), constant(4)], 6),
      // of the shape that is there, by way of two
      recorded('Reshape', [op(5), constant(3)], 2, 3),
    ],
    outputs: [op(6), op(5), op(3), op(2)],
  };
  const simple = simplified(recording);
  assert.deepEqual(namesOf(simple), [
    'Reshape(input 0, constant 0)',
    'Relu(op 0)',
    'Neg(input 0)',
    'Reshape(op 1, constant 1)',
  ]);
  assert.deepEqual(simple.constants, [shapeConstant(2, 3), shapeConstant(6)]);
  assert.deepEqual(simple.outputs, [op(1), op(3), op(2), input]);
});

test('constants of another type or shape are others, and what no output needs is left out', () => {
  const zero = { shape: [], dtype: 1, values: Float32Array.of(0) };
  const recording: Recording = {
    inputShapes: [[4]],
    constants: [zero, { ...zero, shape: [1] }, { ...zero, dtype: 3, values: Int32Array.of(0) }, { ...zero }],
    ops: [
      recorded('Unused', [input, constant(1)], 4),
      recorded('A', [input, constant(0)], 4),
      recorded('B', [op(1), constant(1)], 4),
      recorded('C', [op(2), constant(2)], 4),
      recorded('D', [op(3), constant(3)], 4),
    ],
    outputs: [op(4)],
  };
  const simple = simplified(recording);
  assert.deepEqual(namesOf(simple), [
    'A(input 0, constant 0)',
    'B(op 0, constant 1)',
    'C(op 1, constant 2)',
    'D(op 2, constant 0)',
  ]);
  assert.equal(simple.constants.length, 3);
});
