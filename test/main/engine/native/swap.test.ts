import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributes, drawn, execute, type Values, withAnyThreads, withEachSet } from './own-ops.ts';

const { integer } = attributes;

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

test('axes that do not divide the tensor are refused', () => {
  const x = drawn([4, 6], 'x');
  const axes = Object.entries({ first: 5, second: 2 }).map(([name, value]) => integer(name, value));
  assert.throws(() => execute('KindlingSwap', axes, [x], 1), /do not divide/);
});
