import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programDifferences } from '../../../src-main/network-files/program/program-differences.ts';
import type {
  SourceNode,
  SourceProgram,
  SourceStep,
} from '../../../src-main/network-files/program/source-program.ts';
import type { SourceLayer } from '../../../src-main/network-files/mapping/source-layers.ts';
import { alexnetLike } from '../engine/networks.ts';

const NONE = { top: 0, bottom: 0, left: 0, right: 0 };
const RELU: SourceStep = { does: 'activation', activation: 'relu' };
const NORMALIZATION: SourceStep = { does: 'normalization', size: 5, alpha: 1e-4, beta: 0.75, bias: 1 };
const POOL: SourceStep = {
  ...{ does: 'pool', operation: 'maximum', countsPadding: false },
  window: { size: [3, 3], stride: [2, 2], padding: NONE, ceil: true },
};

function sliding(size: number, pixels: number): SourceStep {
  const padding = { top: pixels, bottom: pixels, left: pixels, right: pixels };
  return {
    ...{ does: 'layer', activation: 'none' },
    window: { size: [size, size], stride: [1, 1], padding, ceil: false },
  };
}

/** What another program does after its first convolution, before its second. */
function differencesOf(...steps: readonly SourceStep[]): string[] {
  const graph = alexnetLike();
  const dense: SourceStep = { does: 'layer', window: null, activation: 'none' };
  const all: readonly (readonly [string, SourceStep])[] = [
    ['features.0', sliding(3, 0)],
    ...steps.map((step, place) => [`step${place}`, step] as const),
    ...[['features.4', sliding(5, 2)] as const, ['relu2', RELU] as const],
    ...[['classifier.0', dense] as const, ['relu3', RELU] as const, ['classifier.2', dense] as const],
  ];
  const nodes = all.map(([name, step], place): SourceNode => ({
    name,
    step,
    reads: place === 0 ? [] : [all[place - 1]?.[0] ?? ''],
  }));
  const program: SourceProgram = { input: graph.input, nodes };
  const names = ['features.0', 'features.4', 'classifier.0', 'classifier.2'];
  const matched = graph.layers
    .filter(({ weights }) => weights.length > 0)
    .map((layer, place) => ({ layer, source: { name: names[place] } as SourceLayer }));
  return programDifferences(program, graph, matched);
}

test('a local response normalization is held against the network’s: its numbers, and where it stands', () => {
  assert.deepEqual(differencesOf(RELU, NORMALIZATION, POOL), []);
  assert.deepEqual(differencesOf(RELU, POOL), [
    'the file has 0 local response normalizations, the network 1',
  ]);
  assert.deepEqual(differencesOf(RELU, POOL, NORMALIZATION), [
    'step2 stands behind conv1 and pool, norm1 of the network behind conv1',
  ]);
  assert.deepEqual(differencesOf(RELU, { ...NORMALIZATION, alpha: 0.002, beta: 0.5 }, POOL), [
    'step1 has the alpha 0.002, norm1 of the network 0.0001',
    'step1 has the beta 0.5, norm1 of the network 0.75',
  ]);
  // before the ReLU, which is then not the convolution's
  assert.match(differencesOf(NORMALIZATION, RELU, POOL).join(), /no activation behind it, conv1 .* relu/);
});
