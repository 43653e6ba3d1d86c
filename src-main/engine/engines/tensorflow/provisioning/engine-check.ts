/**
 * Run as a child process by verify.ts: loads a binding, computes a matrix product and a convolution on
 * the device it chose, compares them with what they must be, and prints one line of JSON. With kernels of ours, these too,
 * with each instruction set that they have for this processor.
 *
 * usage: engine-check.ts BINDING [KERNELS]
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

interface Binding {
  createTensor(shape: number[], type: number, values: Float32Array): number;
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): { id: number }[];
  tensorDataSync(id: number): Float32Array;
  isUsingGpuDevice(): boolean;
  readonly TF_FLOAT: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_Version: string;
}

interface Kernels {
  readonly instructionSets: readonly string[];
  readonly use: (instructionSet: string, threads: number) => boolean;
}

const [path, kernelsPath] = process.argv.slice(2);
assert(path !== undefined, 'usage: engine-check.ts BINDING [KERNELS]');
const require = createRequire(import.meta.url);
const binding = require(path) as Binding;
const float: Attribute = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };

const product = run(
  'MatMul',
  [
    float,
    { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
    { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: false },
  ],
  [tensor([2, 2], [1, 2, 3, 4]), tensor([2, 2], [5, 6, 7, 8])],
);
assert.deepEqual(product, [19, 22, 43, 50], 'the matrix product is wrong');

const convolved = run(
  'Conv2D',
  [
    float,
    { name: 'strides', type: binding.TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'dilations', type: binding.TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'padding', type: binding.TF_ATTR_STRING, value: 'VALID' },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'use_cudnn_on_gpu', type: binding.TF_ATTR_BOOL, value: true },
  ],
  [tensor([1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]), tensor([2, 2, 1, 1], [1, 0, 0, 1])],
);
assert.deepEqual(convolved, [6, 8, 12, 14], 'the convolution is wrong');

const instructionSets = kernelsPath === undefined ? [] : checkKernels(require(kernelsPath) as Kernels);
console.log(
  JSON.stringify({ version: binding.TF_Version, gpu: binding.isUsingGpuDevice(), instructionSets }),
);

function checkKernels({ instructionSets, use }: Kernels): readonly string[] {
  for (const set of instructionSets) {
    assert(use(set, 2));
    const [one, zero, moving] = [1, 0, 0].map((value) => tensor([1], [value])) as [number, number, number];
    const normalized = run(
      'KindlingBatchNorm',
      [
        { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: 0 },
        { name: 'momentum', type: binding.TF_ATTR_FLOAT, value: 0.5 },
        { name: 'relu', type: binding.TF_ATTR_BOOL, value: true },
      ],
      [tensor([3, 1, 1, 1], [2, 4, 6]), one, zero, moving, moving],
      5,
    );
    const last = Math.sqrt(1.5);
    normalized.forEach((value, i) => {
      assert(Math.abs(value - (i === 2 ? last : 0)) < 1e-6, `the batch norm is wrong with ${set}`);
    });
  }
  return instructionSets;
}

function tensor(shape: number[], values: number[]): number {
  return binding.createTensor(shape, binding.TF_FLOAT, new Float32Array(values));
}

function run(name: string, attributes: Attribute[], inputs: number[], outputs = 1): number[] {
  const [output] = binding.executeOp(name, attributes, inputs, outputs);
  assert(output !== undefined, `${name} gave no output`);
  return [...binding.tensorDataSync(output.id)];
}
