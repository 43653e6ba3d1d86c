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

const { flag, integer } = attributes;

interface Inputs {
  readonly x: Values;
  readonly kernel: Values;
  readonly bias: Values;
  readonly dy: Values;
}

function inputsOf(rows: number, groups: number, inputs: number, filters: number): Inputs {
  return {
    x: drawn([1, rows, 1, groups * inputs], 'x', [1, 2]),
    kernel: drawn([1, 1, inputs, groups * filters], 'kernel'),
    bias: drawn([groups * filters], 'bias'),
    dy: drawn([1, rows, 1, groups * filters], 'dy'),
  };
}

function own(groups: number, { x, kernel, bias, dy }: Inputs, relu = false): Values[] {
  const attrs = [integer('groups', groups)];
  return [
    ...execute('KindlingPointwise', [...attrs, flag('relu', relu)], [x, kernel, bias], 1),
    ...execute('KindlingPointwiseGrad', attrs, [dy, x, kernel], 2),
  ];
}

/** By the definition, in 64 bits: y, and the gradients of sum(dy * y). */
function reference(groups: number, { x, kernel, bias, dy }: Inputs): Float64Array[] {
  const [inputs, filters] = [kernel.shape[2] ?? 0, (kernel.shape[3] ?? 0) / groups];
  const y = Float64Array.from(dy.values, (_, i) => bias.values[i % bias.values.length] ?? Number.NaN);
  const [dx, dkernel] = [x, kernel].map(({ values }) => new Float64Array(values.length));
  assert.ok(dx && dkernel);
  const add = (to: Float64Array, place: number, a = Number.NaN, b = Number.NaN): void => {
    to[place] = (to[place] ?? Number.NaN) + a * b;
  };
  for (let row = 0; row < (x.shape[1] ?? 0); row++)
    for (let group = 0; group < groups; group++)
      for (let i = 0; i < inputs; i++)
        for (let f = 0; f < filters; f++) {
          const from = (row * groups + group) * inputs + i;
          const weight = (i * groups + group) * filters + f;
          const to = (row * groups + group) * filters + f;
          add(y, to, x.values[from], kernel.values[weight]);
          add(dx, from, dy.values[to], kernel.values[weight]);
          add(dkernel, weight, x.values[from], dy.values[to]);
        }
  return [y, dx, dkernel];
}

// numbers of filters that are one, two and three vectors, halves of them and neither, of each instruction set
const SHAPES: readonly (readonly [groups: number, inputs: number, filters: number])[] = [
  [1, 1, 1],
  [3, 5, 7],
  [2, 20, 17],
  [3, 20, 24],
  [1, 33, 40],
  [4, 9, 50],
  [1, 100, 150],
];

for (const rows of [1, 13, 700])
  test(`a 1x1 convolution with groups of ${rows} rows is that in 64 bits, and so are its gradients`, () => {
    for (const [groups, inputs, filters] of SHAPES) {
      const given = inputsOf(rows, groups, inputs, filters);
      const expected = reference(groups, given);
      withEachSet((set) => {
        const found = withAnyThreads(set, () => own(groups, given));
        const names = ['output', "input's gradient", "kernel's gradient"];
        names.forEach((name, i) => {
          const what = `${set}, ${groups} x ${inputs} to ${filters}, ${name}`;
          const terms = [inputs, filters, rows][i] ?? 1;
          const values = expected[i] ?? [];
          assertNear(found[i], values, 1e-6, what, Math.sqrt(terms * values.length));
        });
      });
    }
  });

test('without a bias nothing is added, and with a ReLU what is not above zero is zero', () => {
  const given = inputsOf(29, 3, 5, 7);
  withEachSet((set) => {
    const none: Values = { shape: [0], values: new Float32Array() };
    const zero = { ...given.bias, values: given.bias.values.map(() => 0) };
    const [plain] = own(3, { ...given, bias: zero });
    assert.deepEqual(own(3, { ...given, bias: none })[0], plain, set);
    const [y] = own(3, given);
    const [positive] = own(3, given, true);
    assert.deepEqual(
      positive?.values,
      y?.values.map((value) => Math.max(0, value)),
      set,
    );
  });
});

test("what is no number, or infinite, ends where TensorFlow's products have it", () => {
  const given = { ...inputsOf(50, 1, 19, 21), bias: { shape: [0], values: new Float32Array() } };
  [NaN, Infinity, -Infinity].forEach((value, i) => {
    given.x.values[19 * 7 * (i + 1) + i] = value;
    given.dy.values[21 * 11 * (i + 1) + i] = value;
  });
  const product = (a: Values, b: Values, transposed: [boolean, boolean]): Values | undefined => {
    const matrix = ({ shape, values }: Values): Values => {
      const columns = shape.at(-1) ?? 1;
      return { shape: [values.length / columns, columns], values };
    };
    const sides = transposed.map((value, i) => flag(i === 0 ? 'transpose_a' : 'transpose_b', value));
    return execute('MatMul', [FLOAT, ...sides], [matrix(a), matrix(b)], 1)[0];
  };
  const theirs = [
    product(given.x, given.kernel, [false, false]),
    product(given.dy, given.kernel, [false, true]),
    product(given.x, given.dy, [true, false]),
  ];
  const kindOf = (value: number): number => (Number.isFinite(value) ? 0 : value);
  withEachSet((set) =>
    own(1, given).forEach(({ values }, i) =>
      assert.deepEqual(values.map(kindOf), theirs[i]?.values.map(kindOf), set),
    ),
  );
});

test('a kernel that does not fit is refused', () => {
  const { x, kernel, bias, dy } = inputsOf(4, 3, 5, 2);
  const relu = flag('relu', false);
  const run = (groups: number, offset: Values) =>
    execute('KindlingPointwise', [integer('groups', groups), relu], [x, kernel, offset], 1);
  assert.throws(() => run(2, bias), /does not fit/);
  assert.throws(() => run(3, x), /bias is not/);
  const three = [integer('groups', 3)];
  assert.throws(() => execute('KindlingPointwiseGrad', three, [x, x, kernel], 2), /another shape/);
  assert.equal(execute('KindlingPointwiseGrad', three, [dy, x, kernel], 2).length, 2);
});
