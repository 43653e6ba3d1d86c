import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { networkCost } from '../../../src-shared/networks/costs.ts';
import { forward, forwardFrom } from '../../../src-main/engine/model.ts';
import { splitState, stateLayout } from '../../../src-main/engine/state-layout.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import { batchOf, graphOf, CLASSES, TINY, unevenState } from './networks.ts';
import { engine } from './test-engine.ts';

const BATCH = 2;
const squeezenet = (fields: object) => ({ family: 'squeezenet', ...fields });

const NETWORKS: readonly (readonly [side: number, fields: Record<string, unknown>])[] = [
  [64, squeezenet({ version: '1.0' })],
  [64, squeezenet({ version: '1.1', batchNorm: true })],
  [67, squeezenet({ version: '1.1', downsample: 'late' })],
  [32, squeezenet({ version: '1.0', stem: 'small', bypass: 'simple' })],
  [33, squeezenet({ version: '1.1', stem: 'small', bypass: 'complex', batchNorm: true, dropout: 0 })],
  [32, squeezenet({ version: '1.1', stem: 'small', pct3x3: 0, downsample: 'early' })],
  [32, squeezenet({ version: '1.1', stem: 'small', pct3x3: 1 })],
  [64, { family: 'mobilenet-v1', alpha: 0.25 }],
  [32, { family: 'mobilenet-v1', alpha: 0.25, stem: 'small' }],
  [64, { family: 'shufflenet-v1', groups: 1, scale: 0.25 }],
  [32, { family: 'shufflenet-v1', groups: 3, scale: 0.5, stem: 'small' }],
  [32, { family: 'alexnet', stem: 'small' }],
];

for (const [side, fields] of NETWORKS) {
  test(`${JSON.stringify(fields)} on ${side} pixels: every layer has the graph's shape`, () => {
    const graph = graphOf(fields, side);
    const layout = stateLayout(graph);
    const { parameters, movingStatistics } = networkCost(graph);
    assert.equal(layout.parameterCount, parameters);
    assert.equal(layout.statisticCount, movingStatistics);
    for (const training of [true, false]) {
      tf.tidy(() => {
        const weights = new Map(
          graph.layers.flatMap(({ weights: own }) => own.map((w) => [w.name, tf.ones([...w.shape])])),
        );
        const counted = [...weights.values()].reduce((sum, { size }) => sum + size, 0);
        assert.equal(counted, parameters + movingStatistics);
        const seen: string[] = [];
        const { logits, movingStatistics: moved } = forward(
          graph,
          weights,
          tf.ones<tf.Rank.R4>([BATCH, side, side, 3]),
          {
            operations: engine.operations,
            training,
            dropoutSeed: tf.tensor1d([1, 2], 'int32'),
            onLayer: (layer, output: Tensor4D) => {
              assert.deepEqual(output.shape, [BATCH, ...layer.output], layer.name);
              seen.push(layer.name);
            },
          },
        );
        assert.deepEqual(
          seen,
          graph.layers.map(({ name }) => name),
        );
        assert.deepEqual(logits.shape, [BATCH, CLASSES]);
        const sizes = [...moved.values()].reduce((sum, { size }) => sum + size, 0);
        assert.equal(sizes, training ? movingStatistics : 0);
        tf.dispose([...moved.values()]);
      });
    }
  });
}

test('from any layer on, the logits are those of the whole network, and only what follows is computed', async () => {
  const graph = graphOf({ ...TINY, bypass: 'complex', batchNorm: true }, 16);
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations);
  const [parameters = new Float32Array(), statistics = new Float32Array()] = unevenState(program);
  const values = splitState(program.layout, parameters, statistics);
  // what is read later may not be in a tidy
  tf.engine().startScope();
  try {
    const weights = new Map(
      [...program.layout.parameters, ...program.layout.statistics].map(({ weight: { name, shape } }) => [
        name,
        tf.tensor(values.get(name) ?? [], [...shape]),
      ]),
    );
    const images = tf.tensor4d(batchOf(graph, BATCH).images, [BATCH, 16, 16, 3]);
    const outputs = new Map<string, Tensor4D>();
    const options = { operations: engine.operations, training: false };
    const whole = forward(graph, weights, images, {
      ...options,
      onLayer: ({ name }, output) => outputs.set(name, output),
    });
    for (const [place, { name }] of graph.layers.entries()) {
      const given = new Map([...outputs].slice(0, place + 1));
      const computed: string[] = [];
      const { logits } = forwardFrom(graph, weights, given, {
        ...options,
        onLayer: (layer) => given.has(layer.name) || computed.push(layer.name),
      });
      assert.deepEqual([...(await logits.data())], [...(await whole.logits.data())], name);
      assert.deepEqual(
        computed,
        graph.layers.slice(place + 1).map((layer) => layer.name),
      );
    }
    const changed = new Map([...outputs].slice(1)).set('pool10', tf.zeros([BATCH, 1, 1, CLASSES]));
    assert.deepEqual(
      [...(await forwardFrom(graph, weights, changed, options).logits.data())],
      new Array<number>(BATCH * CLASSES).fill(0),
    );
  } finally {
    tf.engine().endScope();
  }
});

test('the state holds each weight once, kernels first', () => {
  const graph = graphOf({ family: 'mobilenet-v1', alpha: 0.125, stem: 'small' });
  const { parameters, kernelCount, statistics } = stateLayout(graph);
  const all = graph.layers.flatMap(({ weights }) => weights);
  assert.deepEqual(
    [...parameters, ...statistics].map(({ weight }) => weight.name).sort(),
    all.map(({ name }) => name).sort(),
  );
  for (const [index, { offset, weight }] of parameters.entries()) {
    assert.equal(weight.kind.endsWith('kernel'), offset < kernelCount, weight.name);
    const before = parameters[index - 1];
    assert.equal(offset, before === undefined ? 0 : before.offset + before.size);
  }
});

test('slots follow parameters and statistics', () => {
  const names = (fields: object, recipe: object) =>
    createTrainingProgram(
      graphOf({ family: 'squeezenet', stem: 'small', ...fields }),
      { ...DEFAULT_RECIPE, ...recipe },
      engine.operations,
    ).state.map(({ name }) => name);
  assert.deepEqual(names({}, { momentum: 0 }), ['parameters']);
  assert.deepEqual(names({ batchNorm: true }, {}), ['parameters', 'statistics', 'velocity']);
  assert.deepEqual(names({}, { optimizer: 'adamw' }), ['parameters', 'firstMoment', 'secondMoment']);
});
