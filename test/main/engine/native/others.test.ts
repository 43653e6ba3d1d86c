import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertNear,
  attributes,
  drawn,
  execute,
  FLOAT,
  type Values,
  withAnyThreads,
  withEachSet,
} from './own-ops.ts';

const { integer, text } = attributes;
const CHANNELS = [1, 3, 7, 16, 17, 33, 64, 150];

for (const rows of [1, 5, 700])
  test(`bias and ReLU of ${rows} rows: the gradient is that in 64 bits, to where the output is above zero`, () => {
    for (const channels of CHANNELS) {
      const [dy, y, bias] = [
        drawn([rows, channels], 'dy'),
        drawn([rows, channels], 'y'),
        drawn([channels], 'bias'),
      ];
      // what a ReLU leaves
      y.values.forEach((value, i) => (y.values[i] = Math.max(0, value)));
      y.values[0] = NaN;
      const dx = Array.from(dy.values, (value, i) => ((y.values[i] ?? NaN) > 0 ? value : 0));
      const dbias = Array.from({ length: channels }, (_, c) =>
        dx.reduce((sum, value, i) => (i % channels === c ? sum + value : sum), 0),
      );
      const [expected] = execute('ReluGrad', [FLOAT], [dy, y], 1);
      // theirs may be zero with a sign
      assert.deepEqual(
        expected?.values.map((value) => value + 0),
        Float32Array.from(dx),
      );
      withEachSet((set) => {
        const results = withAnyThreads(set, () => execute('KindlingBiasReluGrad', [], [dy, y, bias], 2));
        assert.deepEqual(results[0]?.values, Float32Array.from(dx));
        assertNear(results[1], dbias, 5e-7, `${set}, ${channels} channels`, Math.sqrt(rows * channels));
      });
    }
  });

const POOLS = [
  { images: 3, side: [13, 12], size: 3, stride: 2, top: 0, bottom: 0, left: 0, right: 0 },
  { images: 2, side: [8, 9], size: 3, stride: 2, top: 0, bottom: 1, left: 0, right: 0 },
  { images: 2, side: [7, 7], size: 3, stride: 1, top: 1, bottom: 1, left: 1, right: 1 },
  { images: 1, side: [4, 6], size: 2, stride: 2, top: 0, bottom: 0, left: 0, right: 0 },
] as const;

for (const { images, side, size, stride, ...padding } of POOLS)
  test(`the gradient of a maximum pool ${size}x${size} / ${stride} goes to the first maximum`, () => {
    const extent = (all: number): number => Math.floor((all - size) / stride) + 1;
    const [rows, columns] = [
      extent(side[0] + padding.top + padding.bottom),
      extent(side[1] + padding.left + padding.right),
    ];
    for (const channels of CHANNELS) {
      const x = drawn([images, ...side, channels], 'x');
      // many maxima are shared, as behind a ReLU
      x.values.forEach((value, i) => (x.values[i] = Math.max(0, Math.round(2 * value))));
      const dy = drawn([images, rows, columns, channels], 'dy');
      const y = { shape: dy.shape, values: new Float32Array(dy.values.length) };
      const dx = new Array<number>(x.values.length).fill(0);
      dy.values.forEach((gradient, out) => {
        const [c, place] = [out % channels, Math.floor(out / channels)];
        const [column, row, n] = [
          place % columns,
          Math.floor(place / columns) % rows,
          Math.floor(place / columns / rows),
        ];
        let most = -Infinity;
        let at = -1;
        for (let pixel = 0; pixel < size * size; pixel++) {
          const h = row * stride - padding.top + Math.floor(pixel / size);
          const w = column * stride - padding.left + (pixel % size);
          const from = ((n * side[0] + h) * side[1] + w) * channels + c;
          const value = x.values[from] ?? NaN;
          if (h < 0 || h >= side[0] || w < 0 || w >= side[1] || value <= most) continue;
          [most, at] = [value, from];
        }
        y.values[out] = most;
        dx[at] = (dx[at] ?? NaN) + gradient;
      });
      const attrs = [
        ...Object.entries({ size, stride, ...padding }).map(([name, value]) => integer(name, value)),
      ];
      withEachSet((set) => {
        const [found] = withAnyThreads(set, () => execute('KindlingMaximumPoolGrad', attrs, [dy, x, y], 1));
        assertNear(found, dx, 2e-7, `${set}, ${channels} channels`);
      });
      if (Object.values(padding).some((pixels) => pixels > 0)) continue;
      const window = [integer('ksize', 0), integer('strides', 0)].map(({ name, type }) => ({
        ...{ name, type },
        value: name === 'ksize' ? [1, size, size, 1] : [1, stride, stride, 1],
      }));
      const their = [FLOAT, ...window, text('padding', 'VALID'), text('data_format', 'NHWC')];
      const [theirs] = execute('MaxPoolGrad', their, [x, y, dy], 1);
      assertNear(theirs, dx, 2e-7, "TensorFlow's");
    }
  });

test('axes are exchanged, whatever their extents', () => {
  const extents = [
    [6, 3, 20],
    [5, 20, 3],
    [300, 4, 60],
    [2, 5, 7],
    [400, 8, 3],
    [1, 400, 2],
    [1, 1, 1],
  ] as const;
  for (const [outer, first, second] of extents) {
    const x = drawn([outer, first, second], 'x');
    const expected = new Float32Array(x.values.length);
    x.values.forEach((value, i) => {
      const [c, b, a] = [i % second, Math.floor(i / second) % first, Math.floor(i / second / first)];
      expected[(a * second + c) * first + b] = value;
    });
    const attrs = Object.entries({ first, second }).map(([name, value]) => integer(name, value));
    withEachSet((set) => {
      const [found] = withAnyThreads(set, () => execute('KindlingSwap', attrs, [x], 1));
      assert.deepEqual(found, { shape: x.shape, values: expected } satisfies Values);
    });
  }
});

test('what does not belong together is refused', () => {
  const [x, bias] = [drawn([4, 6], 'x'), drawn([5], 'bias')];
  assert.throws(() => execute('KindlingBiasReluGrad', [], [x, x, bias], 2), /not a value for each channel/);
  const axes = Object.entries({ first: 5, second: 2 }).map(([name, value]) => integer(name, value));
  assert.throws(() => execute('KindlingSwap', axes, [x], 1), /do not divide/);
});
