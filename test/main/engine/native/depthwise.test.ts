import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Padding } from '../../../../src-shared/networks/layer.ts';
import {
  assertNear,
  attributes,
  drawn,
  execute,
  type Values,
  withAnyThreads,
  withEachSet,
} from './own-ops.ts';

const { integer } = attributes;

interface Window {
  readonly images: number;
  readonly side: readonly [height: number, width: number];
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: Padding;
}

const even = (pixels: number): Padding => ({ top: pixels, bottom: pixels, left: pixels, right: pixels });

const WINDOWS: readonly (readonly [title: string, window: Window])[] = [
  ['3x3', { images: 5, side: [13, 16], kernel: [3, 3], stride: 1, padding: even(1) }],
  ['3x3, stride 2', { images: 5, side: [16, 13], kernel: [3, 3], stride: 2, padding: even(1) }],
  ['3x3, stride 3', { images: 1, side: [7, 11], kernel: [3, 3], stride: 3, padding: even(1) }],
  ['3x3 without padding', { images: 2, side: [6, 5], kernel: [3, 3], stride: 1, padding: even(0) }],
  ['3x3, more padding', { images: 1, side: [4, 3], kernel: [3, 3], stride: 1, padding: even(3) }],
  [
    '3x3, stride 2, uneven padding',
    { images: 2, side: [6, 7], kernel: [3, 3], stride: 2, padding: { top: 0, bottom: 1, left: 2, right: 0 } },
  ],
  ['3x3 on one pixel', { images: 1, side: [1, 1], kernel: [3, 3], stride: 1, padding: even(1) }],
  ['3x3 on two columns', { images: 3, side: [2, 2], kernel: [3, 3], stride: 2, padding: even(1) }],
  ['1x1, stride 2', { images: 2, side: [5, 4], kernel: [1, 1], stride: 2, padding: even(0) }],
  ['5x3', { images: 2, side: [7, 6], kernel: [5, 3], stride: 1, padding: even(2) }],
  ['5x5, stride 2', { images: 2, side: [9, 8], kernel: [5, 5], stride: 2, padding: even(2) }],
];
const CHANNELS = [1, 3, 7, 16, 17, 33, 64];

interface Inputs {
  readonly x: Values;
  readonly kernel: Values;
  readonly dy: Values;
}

function inputsOf({ images, side, kernel, stride, padding }: Window, channels: number): Inputs {
  const [height, width] = [
    Math.floor((side[0] + padding.top + padding.bottom - kernel[0]) / stride) + 1,
    Math.floor((side[1] + padding.left + padding.right - kernel[1]) / stride) + 1,
  ];
  return {
    x: drawn([images, ...side, channels], 'x', [1, 2]),
    kernel: drawn([...kernel, channels, 1], 'kernel'),
    dy: drawn([images, height, width, channels], 'dy'),
  };
}

function own({ stride, padding }: Window, { x, kernel, dy }: Inputs): Values[] {
  const window = [
    integer('stride', stride),
    ...Object.entries(padding).map(([side, pixels]: [string, number]) => integer(side, pixels)),
  ];
  return [
    ...execute('KindlingDepthwise', window, [x, kernel], 1),
    ...execute('KindlingDepthwiseGrad', window, [dy, x, kernel], 2),
  ];
}

/** By the definition, in 64 bits: y, and the gradients of sum(dy * y), which is linear in x and in the kernel. */
function reference({ stride, padding }: Window, { x, kernel, dy }: Inputs): number[][] {
  const [images = 0, height = 0, width = 0, channels = 0] = x.shape;
  const [kernelHeight = 0, kernelWidth = 0] = kernel.shape;
  const [, rows = 0, columns = 0] = dy.shape;
  const [y, dx, dkernel] = [dy, x, kernel].map(({ values }) => new Array<number>(values.length).fill(0));
  const add = (to: number[] | undefined, place: number, value: number): void => {
    if (to !== undefined) to[place] = (to[place] ?? NaN) + value;
  };
  for (let n = 0; n < images; n++)
    for (let place = 0; place < rows * columns; place++)
      for (let pixel = 0; pixel < kernelHeight * kernelWidth; pixel++) {
        const h = Math.floor(place / columns) * stride - padding.top + Math.floor(pixel / kernelWidth);
        const w = (place % columns) * stride - padding.left + (pixel % kernelWidth);
        if (h < 0 || h >= height || w < 0 || w >= width) continue;
        for (let c = 0; c < channels; c++) {
          const [out, at, k] = [
            (n * rows * columns + place) * channels + c,
            ((n * height + h) * width + w) * channels + c,
            pixel * channels + c,
          ];
          add(y, out, (x.values[at] ?? NaN) * (kernel.values[k] ?? NaN));
          add(dx, at, (dy.values[out] ?? NaN) * (kernel.values[k] ?? NaN));
          add(dkernel, k, (dy.values[out] ?? NaN) * (x.values[at] ?? NaN));
        }
      }
  return [y, dx, dkernel].map((values) => values ?? []);
}

function assertRight(window: Window, channels: number): void {
  const inputs = inputsOf(window, channels);
  const expected = reference(window, inputs);
  withEachSet((set) => {
    const results = withAnyThreads(set, () => own(window, inputs));
    // a kernel's gradient sums many numbers of either sign
    const usual = Math.sqrt(inputs.dy.values.length);
    for (const [index, what] of ['output', 'gradient of x', 'gradient of the kernel'].entries())
      assertNear(
        results[index],
        expected[index] ?? [],
        5e-7,
        `${what}, ${set}, ${window.side.join('x')}, ${channels} channels`,
        index === 2 ? usual : undefined,
      );
  });
}

for (const [title, window] of WINDOWS)
  test(`depthwise ${title}, any number of channels`, () => {
    for (const channels of CHANNELS) assertRight(window, channels);
  });

// outputs are computed in tiles of four, two and one
for (const stride of [1, 2])
  for (const padding of [even(0), even(1), { top: 0, bottom: 1, left: 0, right: 1 }])
    test(`depthwise 3x3 on any width, stride ${String(stride)}, padding ${Object.values(padding).join(' ')}`, () => {
      for (let width = 3; width <= 13; width++)
        assertRight({ images: 1, side: [4, width], kernel: [3, 3], stride, padding }, 9);
    });

test('NaN and infinity reach the windows that see them, and no others', () => {
  const window = WINDOWS[0]?.[1];
  assert.ok(window !== undefined);
  const inputs = inputsOf(window, 17);
  for (const odd of [NaN, Infinity]) {
    inputs.x.values[17 * 40 + 3] = odd;
    inputs.dy.values[17 * 60 + 5] = odd;
    const expected = reference(window, inputs);
    withEachSet(() => {
      for (const [index, { values }] of own(window, inputs).entries())
        assert.deepEqual(
          Array.from(values, (value) => Number.isFinite(value)),
          (expected[index] ?? []).map((value) => Number.isFinite(value)),
        );
    });
  }
});

test('what does not belong together is refused', () => {
  const window = WINDOWS[0]?.[1];
  assert.ok(window !== undefined);
  const { x, kernel, dy } = inputsOf(window, 3);
  const small = { ...x, shape: [5, 13, 8, 6] };
  assert.throws(() => own(window, { x: small, kernel, dy }), /the kernel is not/);
  assert.throws(() => own({ ...window, stride: 2 }, { x, kernel, dy }), /another shape than the output/);
});
