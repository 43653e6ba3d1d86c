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

type Sides = readonly [top: number, bottom: number, left: number, right: number];
type Extents = readonly [images: number, height: number, width: number];

interface Inputs {
  readonly x: Values;
  readonly kernel: Values;
  readonly bias: Values;
  readonly dy: Values;
}

function inputsOf(extents: Extents, sides: Sides, channels: number, filters: number): Inputs {
  const [images, height, width] = extents;
  const [top, bottom, left, right] = sides;
  return {
    x: drawn([images, height, width, channels], 'x'),
    kernel: drawn([3, 3, channels, filters], 'kernel'),
    bias: drawn([filters], 'bias'),
    dy: drawn([images, height + top + bottom - 2, width + left + right - 2, filters], 'dy'),
  };
}

function own(sides: Sides, { x, kernel, bias, dy }: Inputs, relu = false): Values[] {
  const window = [
    integer('stride', 1),
    ...['top', 'bottom', 'left', 'right'].map((side, i) => integer(side, sides[i] ?? 0)),
  ];
  return [
    ...execute('KindlingWinograd', [...window, flag('relu', relu)], [x, kernel, bias], 1),
    ...execute('KindlingWinogradGrad', window, [dy, x, kernel], 2),
  ];
}

/** By the definition, in 64 bits: y, and the gradients of sum(dy * y). */
function reference([top, , left]: Sides, { x, kernel, bias, dy }: Inputs): Float64Array[] {
  const [images = 0, height = 0, width = 0, channels = 0] = x.shape;
  const [, outputHeight = 0, outputWidth = 0, filters = 0] = dy.shape;
  const y = Float64Array.from(dy.values, (_, i) => bias.values[i % filters] ?? Number.NaN);
  const dx = new Float64Array(x.values.length);
  const dkernel = new Float64Array(kernel.values.length);
  const add = (to: Float64Array, place: number, a = Number.NaN, b = Number.NaN): void => {
    to[place] = (to[place] ?? Number.NaN) + a * b;
  };
  const products = (from: number, weight: number, to: number): void => {
    for (let c = 0; c < channels; c++)
      for (let f = 0; f < filters; f++) {
        add(y, to + f, x.values[from + c], kernel.values[weight + c * filters + f]);
        add(dx, from + c, dy.values[to + f], kernel.values[weight + c * filters + f]);
        add(dkernel, weight + c * filters + f, x.values[from + c], dy.values[to + f]);
      }
  };
  for (let output = 0; output < images * outputHeight * outputWidth; output++)
    for (let pixel = 0; pixel < 9; pixel++) {
      const image = Math.floor(output / (outputHeight * outputWidth));
      const row = (Math.floor(output / outputWidth) % outputHeight) + Math.floor(pixel / 3) - top;
      const column = (output % outputWidth) + (pixel % 3) - left;
      if (row >= 0 && row < height && column >= 0 && column < width)
        products(
          ((image * height + row) * width + column) * channels,
          pixel * channels * filters,
          output * filters,
        );
    }
  return [y, dx, dkernel];
}

// filters that are one, two and three vectors, halves of them and neither, of each instruction set
const CHANNELS: readonly (readonly [channels: number, filters: number])[] = [
  [1, 1],
  [5, 7],
  [17, 24],
  [20, 41],
  [100, 59],
];
const SITES: readonly (readonly [Extents, Sides])[] = [
  [
    [1, 1, 1],
    [1, 1, 1, 1],
  ],
  [
    [2, 5, 4],
    [1, 1, 1, 1],
  ],
  [
    [1, 6, 7],
    [0, 0, 0, 0],
  ],
  [
    [3, 4, 3],
    [2, 0, 1, 2],
  ],
  [
    [9, 16, 15],
    [1, 1, 1, 1],
  ],
];

for (const [extents, sides] of SITES)
  test(`a 3x3 convolution of ${extents.join(' x ')} pixels, padded by ${sides.join(', ')}, is that in 64 bits, and so are its gradients`, () => {
    const places = extents.reduce((product, extent) => product * extent);
    for (const [channels, filters] of places > 1000 ? CHANNELS.slice(0, 4) : CHANNELS) {
      const given = inputsOf(extents, sides, channels, filters);
      const expected = reference(sides, given);
      withEachSet((set) => {
        const found = withAnyThreads(set, () => own(sides, given));
        ['output', "input's gradient", "kernel's gradient"].forEach((name, i) => {
          const terms = [9 * channels, 9 * filters, given.dy.values.length / filters][i] ?? 1;
          const values = expected[i] ?? [];
          const what = `${set}, ${channels} to ${filters}, ${name}`;
          assertNear(found[i], values, 2e-6, what, Math.sqrt(terms * values.length));
        });
      });
    }
  });

test('the positive part of the output is taken in the same pass', () => {
  const sides: Sides = [1, 1, 1, 1];
  const given = inputsOf([2, 5, 5], sides, 9, 21);
  withEachSet(() => {
    const [y] = own(sides, given);
    const [positive] = own(sides, given, true);
    assert.deepEqual(
      positive?.values,
      y?.values.map((value) => Math.max(value, 0)),
    );
  });
});

test('what is no number, or infinite, makes exactly those outputs not finite that it belongs to', () => {
  const sides: Sides = [1, 1, 1, 1];
  const isFinite = ({ values }: Values): boolean[] => Array.from(values, Number.isFinite);
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    const given = inputsOf([1, 8, 8], sides, 3, 2);
    given.x.values[(3 * 8 + 3) * 3 + 1] = value;
    given.dy.values[(3 * 8 + 3) * 2 + 1] = value;
    withEachSet((set) => {
      const [y, dx, dkernel] = own(sides, given);
      assert.ok(y && dx && dkernel);
      // neighbours of pixel 3, 3
      const expected = (channels: number): boolean[] =>
        Array.from({ length: 64 * channels }, (_, i) => {
          const pixel = Math.floor(i / channels);
          return [Math.floor(pixel / 8), pixel % 8].some((place) => place < 2 || place > 4);
        });
      assert.deepEqual(isFinite(y), expected(2), set);
      assert.deepEqual(isFinite(dx), expected(3), set);
      // of the filter or the channel that has it, all weights
      isFinite(dkernel).forEach((finite, i) =>
        assert.equal(finite, i % 2 !== 1 && Math.floor(i / 2) % 3 !== 1, set),
      );
    });
  }
});

test('what does not fit is refused', () => {
  const given = inputsOf([1, 4, 4], [1, 1, 1, 1], 3, 2);
  const window = (stride: number, padding: number) => [
    integer('stride', stride),
    ...['top', 'bottom', 'left', 'right'].map((side) => integer(side, padding)),
  ];
  const { x, kernel, bias, dy } = given;
  const run = (stride: number, padding: number, inputs: Values[]) =>
    execute('KindlingWinograd', [...window(stride, padding), flag('relu', false)], inputs, 1);
  assert.throws(() => run(2, 1, [x, kernel, bias]), /stride is not one/);
  assert.throws(() => run(1, 3, [x, kernel, bias]), /more than two/);
  assert.throws(() => run(1, 1, [x, dy, bias]), /kernel is not/);
  assert.throws(() => run(1, 1, [x, kernel, x]), /bias is not/);
  assert.throws(() => execute('KindlingWinogradGrad', window(1, 1), [x, x, kernel], 2), /another shape/);
});
