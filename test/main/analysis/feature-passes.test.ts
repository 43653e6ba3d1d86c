import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { computeFeatures } from '../../../src-main/analysis/compute-features.ts';
import { FeaturePasses } from '../../../src-main/analysis/feature-passes.ts';
import type { EvaluationSet, Features, Pooling } from '../../../src-main/analysis/subject.ts';
import type { CompiledForward, Engine, ForwardProgram } from '../../../src-main/engine/engine.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { kindOf } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { alexnetLike, graphOf, TINY } from '../engine/networks.ts';
import { engine } from '../engine/test-engine.ts';
import { imageSet, unevenWeights } from './small-subject.ts';
import { storage } from './test-storage.ts';

/** Enough for a compiled pass, and no multiple of its batch. */
const IMAGES = 507;

function imagesFor({ input, classes }: Graph): EvaluationSet {
  const stream = randomStream(3, 'images');
  const size = input.reduce((product, extent) => product * extent, 1);
  return imageSet(
    Float32Array.from({ length: IMAGES * size }, () => stream.normal()),
    Uint16Array.from({ length: IMAGES }, (_, image) => image % classes),
  );
}

function features(passes: FeaturePasses, graph: Graph, seed: number, pooling: Pooling): Promise<Features[]> {
  return computeFeatures({
    ...{ passes, graph, pooling, storage, set: imagesFor(graph), weights: unevenWeights(graph, seed) },
    // without a ReLU whether something is zero is chance
    layers: graph.layers.filter((layer) =>
      pooling === 'share of zeros'
        ? 'activation' in layer && layer.activation === 'relu'
        : !kindOf(layer).trainingOnly,
    ),
    pause: () => Promise.resolve(),
  });
}

/** An engine that counts what it compiles, and whose replays are changed. */
function counting(change: (compiled: CompiledForward) => CompiledForward = (compiled) => compiled) {
  const compiled: ForwardProgram[] = [];
  const compileForward = (program: ForwardProgram): CompiledForward => {
    compiled.push(program);
    assert.ok(engine.compileForward);
    return change(engine.compileForward(program));
  };
  return { compiled, engine: { ...engine, compileForward } satisfies Engine };
}

/** |found - expected| / |expected| of each layer is at most this. */
function assertNear(found: readonly Features[], expected: readonly Features[], most: number): void {
  assert.deepEqual(
    found.map(({ layer, rows, columns }) => [layer, rows, columns]),
    expected.map(({ layer, rows, columns }) => [layer, rows, columns]),
  );
  for (const [place, features] of expected.entries()) {
    const { layer } = features;
    const { values } = features.read();
    const other = found[place]?.read().values ?? [];
    const norm = normOf(values);
    const off = normOf(values.map((value, at) => value - (other[at] ?? NaN)));
    assert.ok(off <= most * norm, `${layer}: ${off / norm}`);
  }
}

function normOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}

const SQUEEZENET = graphOf({ ...TINY, bypass: 'complex' }, 16);
const NETWORKS = {
  SqueezeNet: SQUEEZENET,
  'SqueezeNet with batch norm': graphOf({ ...TINY, batchNorm: true }, 16),
  AlexNet: alexnetLike(),
};

for (const [name, graph] of Object.entries(NETWORKS))
  test(`compiled passes over ${name} give what eager ones give, for each weights, and leave no tensor`, async () => {
    const { compiled, engine: counted } = counting();
    const [replayed, eager] = [
      new FeaturePasses(counted),
      new FeaturePasses({ ...engine, compileForward: null }),
    ];
    const before = tf.memory().numTensors;
    for (const pooling of ['average', 'share of zeros', '4x4'] as const)
      for (const seed of [1, 2])
        // fused kernels round otherwise; a share of zeros changes by whole positions
        assertNear(
          await features(replayed, graph, seed, pooling),
          await features(eager, graph, seed, pooling),
          pooling === 'share of zeros' ? 1e-3 : 1e-5,
        );
    // one for each pooling: the second weights are run by what was compiled for the first
    assert.equal(compiled.length, 3);
    assert.equal(tf.memory().numTensors, before);
  });

test('a compiled pass that gives something else is not used, and not kept', async () => {
  let closed = 0;
  const wrong = counting((compiled) => ({
    ...compiled,
    close: () => {
      closed++;
      compiled.close();
    },
    call: (images) => compiled.call(images).map((each) => each.map((value) => 1.1 * value)),
  }));
  const passes = new FeaturePasses(wrong.engine);
  const eager = new FeaturePasses({ ...engine, compileForward: null });
  for (const seed of [1, 2])
    assert.deepEqual(
      (await features(passes, SQUEEZENET, seed, 'average')).map((each) => each.read()),
      (await features(eager, SQUEEZENET, seed, 'average')).map((each) => each.read()),
    );
  assert.equal(wrong.compiled.length, 1);
  assert.equal(closed, 1);
});
