import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { layersBeside } from '../../../src-main/engine/layers-beside.ts';
import type { Operations } from '../../../src-main/engine/operations.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import { assertClose, batchOf, graphOf, TINY, unevenState } from './networks.ts';
import { engine } from './test-engine.ts';

const NONE = new Set<string>();
const namesBeside = (fields: object, given: ReadonlySet<string> = NONE): string[] =>
  [...layersBeside(graphOf({ ...TINY, ...fields }, 16).layers, given)].map(
    ([{ name }, parts]) => `${name}: ${parts.map((part) => part.name).join(', ')}`,
  );

test('the two expand layers of each Fire module may be computed together', () => {
  const found = namesBeside({ bypass: 'complex' });
  assert.equal(found.length, 8);
  assert.equal(found[0], 'fire2/concatenation: fire2/expand1x1, fire2/expand3x3');
});

test('not where there is one only, one is given, or somebody else reads it', () => {
  assert.deepEqual(namesBeside({ pct3x3: 1 }), []);
  assert.equal(namesBeside({}, new Set(['fire2/expand3x3'])).length, 7);
  const { layers } = graphOf(TINY, 16);
  const curious = layers.map((layer) =>
    layer.name === 'fire3/squeeze' ? { ...layer, inputs: ['fire2/expand1x1'] } : layer,
  );
  assert.equal(layersBeside(curious, NONE).size, 7);
});

for (const batchNorm of [false, true])
  test(
    `together they train and evaluate as one by one, ${batchNorm ? 'with batch norm' : 'with a bias'}`,
    { skip: engine.operations.convolveBeside === undefined && 'this engine computes them one by one' },
    () => {
      const graph = graphOf({ ...TINY, stemFilters: 16, baseE: 24, sr: 1, batchNorm }, 16);
      let used = 0;
      const counted: Operations['convolveBeside'] = (...given) => {
        const found = engine.operations.convolveBeside?.(...given) ?? null;
        used += found === null ? 0 : 1;
        return found;
      };
      const [together, apart] = [counted, () => null].map((convolveBeside) => {
        const program = createTrainingProgram(
          graph,
          DEFAULT_RECIPE,
          Object.assign({}, engine.operations, { convolveBeside }),
        );
        const { images, labels } = batchOf(graph, 6);
        const before = tf.memory().numTensors;
        const inputs = {
          images: tf.tensor4d(images, [6, 16, 16, 3]),
          labels: tf.tensor1d(labels, 'int32'),
          learningRate: tf.scalar(0.1),
          dropoutSeed: tf.tensor1d([1, 2], 'int32'),
          valid: tf.ones([6]),
        };
        const state = unevenState(program).map((values) => tf.tensor1d(values));
        const stepped = program.step(inputs, state);
        const evaluated = program.evaluate(inputs, state);
        const tensors = [...stepped.state, ...stepped.outputs, ...evaluated];
        const values = tensors.map((tensor) => tensor.dataSync());
        tf.dispose([...tensors, ...Object.values(inputs), ...state]);
        assert.equal(tf.memory().numTensors, before, 'tensors left behind');
        return values;
      });
      assert.ok(used >= 8, `${used} of 16 together`);
      assert.ok(together && apart);
      for (const [i, values] of together.entries()) assertClose(values, apart[i] ?? [], 1e-5, `value ${i}`);
    },
  );
