import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { costOf, graphOf } from './describe.ts';

function side(graph: Graph, name: string): number | undefined {
  return graph.layers.find((layer) => layer.name === name)?.output[0];
}

function names(graph: Graph, pattern: RegExp): string[] {
  return graph.layers.map(({ name }) => name).filter((name) => pattern.test(name));
}

test('version 1.0 has the outputs and parameters of the paper at 227 pixels', () => {
  const cost = costOf({ family: 'squeezenet' }, 227);
  const modules = new Map<string, { side: number; parameters: number }>();
  for (const { name, module, output, parameters } of cost.layers) {
    const key = module ?? name;
    modules.set(key, { side: output[0], parameters: parameters + (modules.get(key)?.parameters ?? 0) });
  }
  const expected: readonly (readonly [string, number, number])[] = [
    ['conv1', 111, 14_208],
    ['pool1', 55, 0],
    ['fire2', 55, 11_920],
    ['fire3', 55, 12_432],
    ['fire4', 55, 45_344],
    ['pool4', 27, 0],
    ['fire5', 27, 49_440],
    ['fire6', 27, 104_880],
    ['fire7', 27, 111_024],
    ['fire8', 27, 188_992],
    ['pool8', 13, 0],
    ['fire9', 13, 197_184],
    ['conv10', 13, 513_000],
    ['pool10', 1, 0],
  ];
  for (const [name, size, parameters] of expected) {
    assert.deepEqual(modules.get(name), { side: size, parameters }, name);
  }
  assert.equal(side(graphOf({ family: 'squeezenet' }, 224), 'conv1'), 109);
});

test('pools stand where version and downsample say', () => {
  const pools = (fields: object): string[] => names(graphOf({ family: 'squeezenet', ...fields }), /^pool\d$/);
  assert.deepEqual(pools({}), ['pool1', 'pool4', 'pool8']);
  assert.deepEqual(pools({ version: 1.1 }), ['pool1', 'pool3', 'pool5']);
  for (const version of ['1.0', '1.1']) {
    assert.deepEqual(pools({ version, downsample: 'early' }), ['pool1', 'pool2', 'pool3']);
    assert.deepEqual(pools({ version, downsample: 'late' }), ['pool3', 'pool6', 'pool9']);
  }
});

test('later pools cost more computation and leave the parameters alone', () => {
  const [early, published, late] = ['early', 'published', 'late'].map((downsample) =>
    costOf({ family: 'squeezenet', stem: 'small', downsample }, 32, 10),
  );
  assert.ok(early && published && late);
  assert.ok(early.macs < published.macs && published.macs < late.macs);
  assert.equal(early.parameters, late.parameters);
});

test('a bypass goes around modules that keep their channels, a complex one around all', () => {
  const bypassed = (fields: object): string[] =>
    names(graphOf({ family: 'squeezenet', ...fields }), /addition|bypass/);
  assert.deepEqual(bypassed({}), []);
  assert.deepEqual(
    bypassed({ bypass: 'simple' }),
    [3, 5, 7, 9].map((fire) => `fire${fire}/addition`),
  );
  assert.deepEqual(
    bypassed({ bypass: 'complex' }),
    [2, 3, 4, 5, 6, 7, 8, 9].flatMap((fire) =>
      fire % 2 === 0 ? [`fire${fire}/bypass`, `fire${fire}/addition`] : [`fire${fire}/addition`],
    ),
  );
  const freq4 = bypassed({ bypass: 'simple', freq: 4 });
  assert.deepEqual(
    freq4,
    [3, 4, 5, 7, 8, 9].map((fire) => `fire${fire}/addition`),
  );
});

test('a bypass reads what its module reads: the pool, where one stands before it', () => {
  const graph = graphOf({ family: 'squeezenet', bypass: 'simple' });
  const inputs = graph.layers.find(({ name }) => name === 'fire5/addition')?.inputs;
  assert.deepEqual(inputs, ['pool4', 'fire5/concatenation']);
});

test('a share of 0 or 1 leaves a branch and the concatenation out', () => {
  const fire2 = (pct3x3: number): string[] => names(graphOf({ family: 'squeezenet', pct3x3 }), /^fire2/);
  assert.deepEqual(fire2(0), ['fire2/squeeze', 'fire2/expand1x1']);
  assert.deepEqual(fire2(1), ['fire2/squeeze', 'fire2/expand3x3']);
  assert.deepEqual(fire2(0.5), [
    'fire2/squeeze',
    'fire2/expand1x1',
    'fire2/expand3x3',
    'fire2/concatenation',
  ]);
});

test('widths are rounded half up and a squeeze layer keeps a filter', () => {
  const widths = (fields: object): (number | undefined)[] => {
    const graph = graphOf({ family: 'squeezenet', ...fields });
    return ['squeeze', 'expand1x1', 'expand3x3'].map(
      (part) => graph.layers.find(({ name }) => name === `fire2/${part}`)?.output[2],
    );
  };
  // 0.145 * 100 is 14.499999999999998 in floating point, and 14.5 in the study file.
  assert.deepEqual(widths({ baseE: 100, pct3x3: 0.145, sr: 0.125 }), [13, 85, 15]);
  assert.deepEqual(widths({ baseE: 10, pct3x3: 0.24, sr: 0.01 }), [1, 8, 2]);
});

test('lists give each Fire module its own ratio and share', () => {
  const sr = [1, 0.5, 0.25, 0.125, 1, 0.5, 0.25, 0.125];
  const pct3x3 = [0, 1, 0.5, 0.25, 0, 1, 0.5, 0.25];
  const graph = graphOf({ family: 'squeezenet', sr, pct3x3 });
  const squeezes = graph.layers.filter(({ role }) => role === 'squeeze').map(({ output }) => output[2]);
  assert.deepEqual(squeezes, [128, 64, 64, 32, 384, 192, 128, 64]);
  const threes = graph.layers.filter(({ role }) => role === 'expand 3x3').map(({ output }) => output[2]);
  assert.deepEqual(threes, [128, 128, 64, 384, 256, 128]);
});

test('dropout stands before conv10 unless it is 0, and the logits come last', () => {
  const layers = (dropout: number): (string | undefined)[] =>
    graphOf({ family: 'squeezenet', dropout })
      .layers.slice(-3)
      .map(({ name }) => name);
  assert.deepEqual(layers(0.5), ['dropout9', 'conv10', 'pool10']);
  assert.deepEqual(layers(0), ['fire9/concatenation', 'conv10', 'pool10']);
  assert.deepEqual(graphOf({ family: 'squeezenet' }, 224, 7).layers.at(-1)?.output, [1, 1, 7]);
});

test('conv10 is drawn with sigma 0.01 and the others by their fan-in', () => {
  const graph = graphOf({ family: 'squeezenet' });
  const std = (name: string): unknown =>
    graph.layers.flatMap(({ weights }) => weights).find((weight) => weight.name === name)?.initializer;
  assert.deepEqual(std('conv10/kernel'), { kind: 'normal', std: 0.01 });
  assert.deepEqual(std('fire3/expand3x3/kernel'), { kind: 'normal', std: Math.sqrt(2 / (9 * 16)) });
});
