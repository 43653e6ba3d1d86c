import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertNear,
  attributes,
  drawn,
  execute,
  type Values,
  withAnyThreads,
  withEachSet,
} from './own-ops.ts';

const { flag, integer } = attributes;
const WINDOW = [integer('stride', 1), ...['top', 'bottom', 'left', 'right'].map((side) => integer(side, 1))];
const GROUPS = integer('groups', 1);

interface Inputs {
  readonly x: Values;
  readonly kernel1x1: Values;
  readonly kernel3x3: Values;
  readonly bias: Values;
  readonly dy: Values;
}

function inputsOf(extents: readonly number[], channels: number, filters: readonly [number, number]): Inputs {
  const [pointwise, around] = filters;
  return {
    x: drawn([...extents, channels], 'x'),
    kernel1x1: drawn([1, 1, channels, pointwise], 'pointwise'),
    kernel3x3: drawn([3, 3, channels, around], 'around'),
    bias: drawn([pointwise + around], 'bias'),
    dy: drawn([...extents, pointwise + around], 'dy'),
  };
}

function together({ x, kernel1x1, kernel3x3, bias, dy }: Inputs, relu: boolean): Values[] {
  return [
    ...execute('KindlingExpand', [...WINDOW, flag('relu', relu)], [x, kernel1x1, kernel3x3, bias], 1),
    ...execute('KindlingExpandGrad', WINDOW, [dy, x, kernel1x1, kernel3x3], 3),
  ];
}

/** Each convolution by itself, and what they yield side by side. */
function apart({ x, kernel1x1, kernel3x3, bias, dy }: Inputs, relu: boolean): Float32Array[] {
  const pointwise = kernel1x1.shape[3] ?? 0;
  const around = kernel3x3.shape[3] ?? 0;
  const part = ({ shape, values }: Values, first: number, count: number): Values => ({
    shape: [...shape.slice(0, -1), count],
    values: values.filter(
      (_, i) => i % (pointwise + around) >= first && i % (pointwise + around) < first + count,
    ),
  });
  const [biases, gradients] = [bias, dy].map((values) => [
    part(values, 0, pointwise),
    part(values, pointwise, around),
  ]);
  assert.ok(biases?.[0] && biases[1] && gradients?.[0] && gradients[1]);
  const positive = flag('relu', relu);
  const [y1] = execute('KindlingPointwise', [GROUPS, positive], [x, kernel1x1, biases[0]], 1);
  const [y3] = execute('KindlingWinograd', [...WINDOW, positive], [x, kernel3x3, biases[1]], 1);
  const [dx1, dkernel1x1] = execute('KindlingPointwiseGrad', [GROUPS], [gradients[0], x, kernel1x1], 2);
  const [dx3, dkernel3x3] = execute('KindlingWinogradGrad', WINDOW, [gradients[1], x, kernel3x3], 2);
  assert.ok(y1 && y3 && dx1 && dkernel1x1 && dx3 && dkernel3x3);
  const y = Float32Array.from(dy.values, (_, i) => {
    const row = Math.floor(i / (pointwise + around));
    const channel = i % (pointwise + around);
    const found =
      channel < pointwise
        ? y1.values[row * pointwise + channel]
        : y3.values[row * around + channel - pointwise];
    return found ?? Number.NaN;
  });
  const dx = dx1.values.map((value, i) => value + (dx3.values[i] ?? Number.NaN));
  return [y, dx, dkernel1x1.values, dkernel3x3.values];
}

// squeeze and expand layers as sweeps make them: whole vectors, halves of them and neither
const SHAPES: readonly (readonly [readonly number[], number, readonly [number, number]])[] = [
  [[1, 4, 4], 8, [1, 1]],
  [[2, 5, 7], 11, [13, 6]],
  [[3, 8, 8], 16, [64, 64]],
  [[9, 16, 15], 12, [100, 28]],
];

for (const [extents, channels, filters] of SHAPES)
  test(`1x1 beside 3x3 convolutions of ${extents.join(' x ')} pixels, ${channels} to ${filters.join(' and ')} channels, are what they are apart`, () => {
    const given = inputsOf(extents, channels, filters);
    for (const relu of [false, true])
      withEachSet((set) => {
        const expected = apart(given, relu);
        const found = withAnyThreads(set, () => together(given, relu));
        ['output', "input's gradient", "1x1 kernel's gradient", "3x3 kernel's gradient"].forEach(
          (name, i) => {
            const [one, other] = [found[i]?.values, expected[i]];
            if (i === 1) assertNear(found[i], Float64Array.from(other ?? []), 1e-6, `${set}, ${name}`);
            else assert.deepEqual(one, other, `${set}, ${name}`);
          },
        );
      });
  });

test('what does not fit is refused', () => {
  const { x, kernel1x1, kernel3x3, bias } = inputsOf([1, 4, 4], 8, [3, 2]);
  const run = (inputs: Values[], window = WINDOW) =>
    execute('KindlingExpand', [...window, flag('relu', false)], inputs, 1);
  const narrow = [
    integer('stride', 1),
    ...['top', 'bottom', 'left', 'right'].map((side) => integer(side, 0)),
  ];
  assert.throws(() => run([x, kernel1x1, kernel3x3, bias], narrow), /padding changes the image's size/);
  assert.throws(() => run([x, kernel3x3, kernel3x3, bias]), /kernel does not fit/);
  assert.throws(() => run([x, kernel1x1, kernel1x1, bias]), /kernel is not/);
  assert.throws(() => run([x, kernel1x1, kernel3x3, x]), /bias is not/);
  assert.throws(
    () => execute('KindlingExpandGrad', WINDOW, [x, x, kernel1x1, kernel3x3], 3),
    /another shape/,
  );
});
