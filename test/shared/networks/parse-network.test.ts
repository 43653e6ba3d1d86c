import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { familyNames } from '../../../src-shared/networks/families.ts';
import {
  checkNetwork,
  familyFields,
  parseNetwork,
  resolveNetwork,
} from '../../../src-shared/networks/parse-network.ts';
import { graphOf } from './describe.ts';

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.code, 'network-invalid');
    return error.message;
  }
  return assert.fail('was accepted');
}

const badInput: readonly (readonly [input: unknown, ...expected: RegExp[]])[] = [
  [5, /^network: 5 is not a network/],
  [{}, /^network\.family: missing/, /squeezenet, mobilenet-v1, shufflenet-v1, alexnet/],
  [{ family: 'squeezenat' }, /no family "squeezenat"/, /did you mean squeezenet\?/, /alexnet/],
  [{ family: 'toString' }, /no family "toString"/],
  [{ family: 'squeezenet', SR: 0.5 }, /^network\.SR: squeezenet has no field/, /did you mean sr\?/],
  [{ family: 'squeezenet', batchnorm: true }, /did you mean batchNorm\?/],
  [{ family: 'squeezenet', alpha: 1 }, /network\.alpha: squeezenet has no field/, /pct3x3/],
  [{ family: 'squeezenet', sr: 0 }, /network\.sr: 0 is not accepted/, /above 0 and at most 1/],
  [{ family: 'squeezenet', sr: -0.5 }, /network\.sr: -0\.5 is not accepted/],
  [{ family: 'squeezenet', sr: 1.5 }, /network\.sr: 1\.5 is not accepted/],
  [{ family: 'squeezenet', sr: 'much' }, /network\.sr: "much" is not accepted/],
  [{ family: 'squeezenet', sr: [0.5] }, /network\.sr: \[0\.5\] is not accepted/, /list of 8/],
  [{ family: 'squeezenet', pct3x3: 1.01 }, /network\.pct3x3: 1\.01 is not accepted/, /from 0 to 1/],
  [{ family: 'squeezenet', pct3x3: -0.01 }, /network\.pct3x3: -0\.01 is not accepted/],
  [{ family: 'squeezenet', version: 1.2 }, /network\.version: 1\.2 is not accepted; it must be 1\.0 or 1\.1/],
  [{ family: 'squeezenet', sr: 0, freq: 0 }, /network\.sr: 0/, /network\.freq: 0/],
  [{ family: 'squeezenet', dropout: 1 }, /network\.dropout: 1 is not accepted/],
  [{ family: 'squeezenet', classes: 1 }, /network\.classes: 1 is not accepted/],
  [{ family: 'mobilenet-v1', alpha: 0 }, /network\.alpha: 0 is not accepted; it must be a number above 0/],
  [{ family: 'shufflenet-v1', groups: 5 }, /network\.groups: 5 is not accepted; it must be 1, 2, 3, 4 or 8/],
  [{ family: 'alexnet', stem: 'big' }, /network\.stem: "big" is not accepted; it must be imagenet or small/],
];

for (const [input, ...expected] of badInput) {
  test(`${JSON.stringify(input)} is refused with the field, the value and what would be right`, () => {
    const message = messageOf(() => parseNetwork(input));
    for (const pattern of expected) assert.match(message, pattern);
  });
}

test('each mistake has the path of its field, the value and what would be right', () => {
  const checked = checkNetwork({ family: 'squeezenet', sr: 2, 'sr.2': 0.25, freq: 0 });
  assert(!checked.ok);
  assert.deepEqual(
    checked.mistakes.map(({ path, value }) => [path, value]),
    [
      [['sr.2'], 0.25],
      [['freq'], 0],
      [['sr'], 2],
    ],
  );
  assert.throws(
    () => parseNetwork({ family: 'squeezenet', sr: 2 }),
    (error) => {
      assert(error instanceof Problem);
      assert.deepEqual(
        error.mistakes.map(({ path }) => path),
        [['network', 'sr']],
      );
      return true;
    },
  );
});

test('a version may be written as a number or as text', () => {
  for (const version of ['1.0', 1]) {
    const parsed = parseNetwork({ family: 'squeezenet', version });
    assert.equal(parsed.family === 'squeezenet' && parsed.version, '1.0');
  }
});

test('every family resolves with its defaults, and describes its fields', () => {
  for (const family of familyNames) {
    const parsed = parseNetwork({ family });
    assert.deepEqual(parseNetwork(parsed), parsed, 'a complete description parses to itself');
    const graph = resolveNetwork(parsed, { input: [224, 224, 3], classes: 5 });
    assert.deepEqual(graph.layers.at(-1)?.output, [1, 1, 5]);
    assert.equal(graph.layers[0]?.kind, 'input');
    for (const field of familyFields(family)) assert.notEqual(field.accepts, '', `${family}.${field.name}`);
  }
});

test('a network that shrinks its image to nothing names the layer and the size it got', () => {
  const message = messageOf(() => graphOf({ family: 'squeezenet' }, 16));
  assert.match(message, /layer pool8 receives a 1x1 map, and its 3x3 window \(stride 2\) does not fit/);
  assert.match(message, /16x16x3 is too small/);
  assert.match(
    messageOf(() => graphOf({ family: 'alexnet' }, 32)),
    /layer pool5/,
  );
});

test('simple bypass without a module that keeps its channels is refused', () => {
  const message = messageOf(() => graphOf({ family: 'squeezenet', bypass: 'simple', freq: 1 }));
  assert.match(message, /network\.bypass: "simple" adds no bypass/);
});

test('classes of the description must agree with the data set', () => {
  const description = parseNetwork({ family: 'alexnet', classes: 10 });
  const context = { input: [224, 224, 3] as const, classes: 100 };
  assert.match(
    messageOf(() => resolveNetwork(description, context)),
    /10 differs from the 100 classes/,
  );
  assert.equal(resolveNetwork(description, { ...context, classes: 10 }).classes, 10);
});

test('layers come after what they read, and names are unique', () => {
  for (const family of familyNames) {
    const seen = new Set<string>();
    for (const layer of graphOf({ family }).layers) {
      assert.ok(!seen.has(layer.name), layer.name);
      for (const input of layer.inputs) assert.ok(seen.has(input), `${layer.name} reads ${input}`);
      for (const weight of layer.weights) assert.ok(weight.name.startsWith(`${layer.name}/`));
      seen.add(layer.name);
    }
  }
});
