import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNear, drawn, execute, type Values, withAnyThreads, withEachSet } from './own-ops.ts';

interface Inputs {
  readonly x: Values;
  readonly bias: Values;
  readonly dy: Values;
}

function inputsOf(rows: number, channels: number): Inputs {
  return {
    ...{ x: drawn([1, rows, 1, channels], 'x'), dy: drawn([1, rows, 1, channels], 'dy') },
    bias: drawn([channels], 'bias'),
  };
}

/** y, dz, dbias. */
function own({ x, bias, dy }: Inputs): Values[] {
  const [y] = execute('KindlingBiasRelu', [], [x, bias], 1);
  assert.ok(y);
  return [y, ...execute('KindlingBiasReluGrad', [], [dy, y], 2)];
}

const channelsOf = ({ bias }: Inputs): number => bias.values.length;

function reference(given: Inputs): [y: Float32Array, dz: Float32Array, dbias: Float64Array] {
  const channels = channelsOf(given);
  const sum = given.x.values.map((value, i) => value + (given.bias.values[i % channels] ?? NaN));
  const y = sum.map((value) => (value <= 0 ? 0 : value));
  const dz = given.dy.values.map((value, i) => ((y[i] ?? NaN) > 0 ? value : 0));
  const dbias = new Float64Array(channels);
  dz.forEach((value, i) => (dbias[i % channels] = (dbias[i % channels] ?? NaN) + value));
  return [y, dz, dbias];
}

for (const rows of [1, 2, 31, 5000])
  test(`bias and ReLU of ${rows} rows, and their gradients, are those by the definition`, () => {
    for (const channels of [1, 3, 16, 17, 64, 333]) {
      const given = inputsOf(rows, channels);
      const [y, dz, dbias] = reference(given);
      withEachSet((set) => {
        const found = withAnyThreads(set, () => own(given));
        assert.deepEqual(found[0]?.values, y, `${set}, ${channels} channels: y`);
        assert.deepEqual(found[1]?.values, dz, `${set}, ${channels} channels: dz`);
        assertNear(found[2], dbias, 1e-6, `${set}, ${channels} channels: dbias`, Math.sqrt(rows * channels));
      });
    }
  });

test('what is no number, or infinite, goes where ReLU and ReluGrad of TensorFlow have it', () => {
  const given = inputsOf(40, 5);
  [NaN, Infinity, -Infinity].forEach((value, i) => {
    given.x.values[i * 50 + i] = value;
    given.dy.values[i * 50 + 7] = value;
  });
  const [y, dz, dbias] = reference(given);
  withEachSet((set) => {
    const found = own(given);
    assert.deepEqual([found[0]?.values, found[1]?.values], [y, dz], set);
    assert.deepEqual(found[2]?.values.map(kindOf), Float32Array.from(dbias).map(kindOf), set);
  });
});

const kindOf = (value: number): number => (Number.isFinite(value) ? 0 : value);

test('what does not fit is refused', () => {
  const { x, bias, dy } = inputsOf(4, 3);
  assert.throws(() => execute('KindlingBiasRelu', [], [x, dy], 1), /not one value for each channel/);
  assert.throws(() => execute('KindlingBiasReluGrad', [], [bias, x], 2), /another shape/);
});
