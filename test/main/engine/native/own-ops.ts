import assert from 'node:assert/strict';
import { attributesOf } from '../../../../src-main/engine/engines/tensorflow/attributes.ts';
import { loadTensorFlow } from '../../../../src-main/engine/engines/tensorflow/backend.ts';
import type { OpAttribute } from '../../../../src-main/engine/engines/tensorflow/binding.ts';
import {
  loadOwnKernels,
  type OwnKernels,
} from '../../../../src-main/engine/engines/tensorflow/own-kernels.ts';
import { kernelsFile } from '../../../../src-main/engine/engines/tensorflow/provisioning/kernel-sources.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { randomStream } from '../../../../src-shared/random.ts';

process.env['TF_NUM_INTRAOP_THREADS'] ??= '2';

const installation = selectedEngine(kindlingHome());
export const backend = loadTensorFlow(installation);
const { binding } = backend;
const loaded = loadOwnKernels(kernelsFile(installation), 2);

/** The kernels that were compiled for this engine. */
export const kernels: OwnKernels = 'use' in loaded ? loaded : assert.fail(loaded.reason);
export const attributes = attributesOf(binding);
export const FLOAT = attributes.type('T', binding.TF_FLOAT);

export interface Values {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Of floats or of integers. */
export interface Given {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** Runs an op of TensorFlow's, or of ours, on the engine's tensors. */
export function execute(
  name: string,
  attrs: OpAttribute[],
  inputs: readonly Given[],
  outputs: number,
): Values[] {
  const ids = inputs.map(({ shape, values }) => {
    const type = values instanceof Float32Array ? binding.TF_FLOAT : binding.TF_INT32;
    return binding.createTensor([...shape], type, values);
  });
  try {
    return binding.executeOp(name, attrs, ids, outputs).map(({ id, shape }) => {
      const values = binding.tensorDataSync(id) as Float32Array;
      binding.deleteTensor(id);
      return { shape, values: Float32Array.from(values) };
    });
  } finally {
    for (const id of ids) binding.deleteTensor(id);
  }
}

/** What `compute` yields with each instruction set that this processor has. */
export function withEachSet<T>(compute: (set: string) => T): T[] {
  try {
    return kernels.instructionSets.map((set) => {
      assert.ok(kernels.use(set, 2));
      return compute(set);
    });
  } finally {
    kernels.use(kernels.instructionSet, 2);
  }
}

/** Computes with one, two and three threads; the results must be the same to the bit. */
export function withAnyThreads(set: string, compute: () => Values[]): Values[] {
  const results = [1, 2, 3].map((threads) => {
    kernels.use(set, threads);
    return compute();
  });
  const [first = [], ...others] = results;
  for (const other of others) assertSameBits(other, first);
  return first;
}

function assertSameBits(found: readonly Values[], expected: readonly Values[]): void {
  const bytesOf = ({ values }: Values): Buffer =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  assert.equal(found.length, expected.length);
  for (const [index, value] of expected.entries()) {
    const other = found[index] ?? assert.fail();
    assert.deepEqual(other.shape, value.shape);
    // what compares values one by one takes longer than what computes them, and is for the message
    if (!bytesOf(other).equals(bytesOf(value))) assert.deepEqual(other, value);
  }
}

export function drawn(shape: readonly number[], name: string, [mean, spread] = [0, 1]): Values {
  const stream = randomStream(7, 'native', name);
  const size = shape.reduce((product, extent) => product * extent, 1);
  return { shape, values: Float32Array.from({ length: size }, () => mean + spread * stream.normal()) };
}

/** @param least the length of `expected` is taken for at least this */
export function assertNear(
  found: Values | undefined,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
  least = Number.MIN_VALUE,
): void {
  const values = found?.values ?? [];
  assert.equal(values.length, expected.length, what);
  const differences = new Float64Array(expected.length);
  for (let i = 0; i < differences.length; i++) differences[i] = (values[i] ?? NaN) - (expected[i] ?? NaN);
  const apart = lengthOf(differences);
  const share = apart / Math.max(lengthOf(expected), least);
  assert.ok(share <= tolerance, `${what}: ${share} apart`);
}

function lengthOf(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] ?? NaN) ** 2;
  return Math.sqrt(squares);
}
