import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { batchSize } from '../../../../src-main/analysis/compute-features.ts';
import {
  type ExplanationPass,
  gradCamPass,
  gradientPass,
} from '../../../../src-main/analysis/pictures/explanation-pass.ts';
import type { Engine } from '../../../../src-main/engine/engine.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { alexnetLike, assertClose, graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { unevenWeights } from '../small-subject.ts';
import { noiseImages } from './uneven-weights.ts';

/** So many are announced that recording pays off. */
const MANY = 1e5;

const pause = (): Promise<void> => Promise.resolve();

/** What is explained, with one weights after another, of a batch and some more. */
async function explained(
  pass: ExplanationPass,
  graph: Graph,
  chosen: 'one' | 'all',
): Promise<Float32Array[]> {
  const count = batchSize(graph) + 3;
  const images = noiseImages(graph, count);
  const labels = Array.from({ length: count }, (_, image) => image % 4);
  const found: Float32Array[] = [];
  try {
    for (const seed of [1, 2]) {
      pass.writeWeights(unevenWeights(graph, seed));
      found.push(await pass.explain(images, chosen === 'one' ? labels : null, pause));
    }
    return found;
  } finally {
    pass.close();
  }
}

/** An engine whose compiler is another. */
function withCompiler(compileForward: Engine['compileForward']): Engine {
  return { ...engine, compileForward };
}

const EAGER = withCompiler(null);

/** An engine whose replays are counted, and changed. */
function counting(change = (values: Float32Array): Float32Array => values) {
  let replays = 0;
  return {
    replays: () => replays,
    engine: withCompiler((program) => {
      assert.ok(engine.compileForward);
      const compiled = engine.compileForward(program);
      return {
        ...compiled,
        call: (...given) => {
          replays++;
          return compiled.call(...given).map(change);
        },
      };
    }),
  };
}

const SQUEEZENET = graphOf({ ...TINY, batchNorm: true, bypass: 'complex' }, 16);
const NETWORKS = [
  ['SqueezeNet', SQUEEZENET, 'fire2/concatenation'],
  ['AlexNet', alexnetLike(), 'conv1'],
] as const;
const PASSES = {
  'gradients of a logit': (own: Engine, graph: Graph) =>
    gradientPass({ graph, engine: own }, { layer: null, guided: false, images: MANY }),
  'guided gradients of a logit': (own: Engine, graph: Graph) =>
    gradientPass({ graph, engine: own }, { layer: null, guided: true, images: MANY }),
  'guided gradients of a layer': (own: Engine, graph: Graph, layer: string) =>
    gradientPass({ graph, engine: own }, { layer, guided: true, images: MANY }),
  'Grad-CAM': (own: Engine, graph: Graph, layer: string) =>
    gradCamPass({ graph, engine: own }, { layer, images: MANY }),
};

for (const [name, graph, layer] of NETWORKS)
  for (const [what, passOf] of Object.entries(PASSES))
    test(`${what} are replayed as they are eagerly, for each weights, and leave no tensor: ${name}`, async () => {
      const before = tf.memory().numTensors;
      for (const chosen of ['one', 'all'] as const) {
        const counted = counting();
        const found = await explained(passOf(counted.engine, graph, layer), graph, chosen);
        const expected = await explained(passOf(EAGER, graph, layer), graph, chosen);
        // what is not proven by its first batch is not called again
        assert.equal(counted.replays(), 4);
        for (const [place, values] of expected.entries()) {
          assert.ok(values.some((value) => value !== 0));
          // fused kernels round otherwise
          assertClose(found[place] ?? [], values, 1e-4, what);
        }
      }
      assert.equal(tf.memory().numTensors, before);
    });

test('what cannot be compiled, or gives something else, is computed eagerly, and a warning tells of it', async () => {
  const passOf = PASSES['guided gradients of a layer'];
  const of = (own: Engine) => explained(passOf(own, SQUEEZENET, 'fire2/concatenation'), SQUEEZENET, 'one');
  const expected = await of(EAGER);
  const failing = withCompiler(() => {
    throw new Error('no such operation');
  });
  const told = once(process, 'warning');
  assert.deepEqual(await of(failing), expected);
  const [warning] = (await told) as [Error];
  assert.match(warning.message, /cannot be compiled: no such operation; it is computed eagerly/);
  const wrong = counting((values) => values.map((value) => 1.1 * value));
  assert.deepEqual(await of(wrong.engine), expected);
  assert.equal(wrong.replays(), 1);
});

test('a network whose gradients are all zero proves nothing: replays are compared until one is not', async () => {
  const graph = SQUEEZENET;
  const wrongLater = counting((values) =>
    wrongLater.replays() === 1 ? values : values.map((value) => value + 1),
  );
  const images = noiseImages(graph, batchSize(graph));
  const labels = Array.from({ length: batchSize(graph) }, () => 1);
  const run = async (own: Engine): Promise<Float32Array> => {
    const pass = PASSES['gradients of a logit'](own, graph);
    const weights = unevenWeights(graph, 1);
    const dead = new Map([...weights].map(([name, values]) => [name, new Float32Array(values.length)]));
    pass.writeWeights(dead);
    assert.ok((await pass.explain(images, labels, pause)).every((value) => value === 0));
    pass.writeWeights(weights);
    return pass.explain(images, labels, pause).finally(() => pass.close());
  };
  assert.deepEqual(await run(wrongLater.engine), await run(EAGER));
});
