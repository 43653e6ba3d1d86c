import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { LRUCache } from 'lru-cache';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { weightSize } from '../../src-shared/networks/weights.ts';
import type { CompiledForward, Engine, ForwardProgram } from '../engine/engine.ts';
import { forward } from '../engine/model.ts';
import { poolFeatures } from './pool-features.ts';
import type { PassPooling, WeightValues } from './subject.ts';
import { imageTensor, weightTensors } from './network-tensors.ts';

/** Bytes of the weights of all compiled passes that are kept. */
const KEPT_BYTES = 2 ** 28;

/**
 * How far a replayed output may lie from the eager one, by the norm of the difference. Fused kernels round otherwise (seen
 * 1e-6), which now and then moves an activation across zero: of a share of zeros that is 1e-3.
 */
const TOLERANCE = 1e-2;

/** What is wanted of each batch: the pooled outputs of some layers. */
export interface FeaturePass {
  readonly graph: Graph;
  readonly pooling: PassPooling;
  readonly layers: readonly Layer[];
  /** Images at a time. */
  readonly batch: number;
}

/** A pass with weights. */
export interface OpenPass {
  /** The features of each layer, row by row. @param images [at most `batch`, h, w, c] */
  run(images: Float32Array): Float32Array[];
  close(): void;
}

/**
 * Passes over images, compiled where the engine can. What was compiled is kept and serves all runs of a cell, before and
 * after the training; its first batch is computed eagerly, too, and where the two differ the pass stays eager.
 */
export class FeaturePasses {
  readonly #engine: Engine;
  /** Those that no open pass uses. */
  readonly #idle = new LRUCache<string, CompiledForward>({
    maxSize: KEPT_BYTES,
    dispose: (compiled, _, reason) => {
      // what is taken out is in use
      if (reason !== 'delete') compiled.close();
    },
  });
  readonly #proven = new Map<string, boolean>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  eager(pass: FeaturePass, values: WeightValues): OpenPass {
    const weights = weightTensors(pass.graph, values);
    const { compute } = programOf(pass, this.#engine);
    return {
      run: (images) => {
        const found = tf.tidy(() => [...compute(imageTensor(pass.graph, images), weights)]);
        try {
          return found.map((tensor) => tensor.dataSync<'float32'>());
        } finally {
          tf.dispose(found);
        }
      },
      close: () => tf.dispose([...weights.values()]),
    };
  }

  compiled(pass: FeaturePass, values: WeightValues): OpenPass {
    const { graph, pooling, layers, batch } = pass;
    const { compileForward } = this.#engine;
    const key = JSON.stringify([graph, pooling, layers.map(({ name }) => name), batch]);
    if (compileForward === null || this.#proven.get(key) === false) return this.eager(pass, values);
    const compiled = this.#idle.get(key) ?? compileForward(programOf(pass, this.#engine));
    this.#idle.delete(key);
    compiled.writeWeights(values);
    const replay = (images: Float32Array): Float32Array[] => filledUp(compiled, pass, images);
    return {
      run: (images) => {
        if (this.#proven.get(key) === true) return replay(images);
        const eager = this.eager(pass, values);
        try {
          const expected = eager.run(images);
          if (this.#proven.get(key) === false) return expected;
          const found = replay(images);
          const proven = expected.every((each, place) => isNear(each, found[place]));
          this.#proven.set(key, proven);
          return proven ? found : expected;
        } finally {
          eager.close();
        }
      },
      close: () => {
        if (this.#proven.get(key) === false) compiled.close();
        else this.#idle.set(key, compiled, { size: Math.min(bytesOf(graph), KEPT_BYTES) });
      },
    };
  }
}

function programOf({ graph, pooling, layers, batch }: FeaturePass, { operations }: Engine): ForwardProgram {
  const wanted = new Set(layers.map(({ name }) => name));
  return {
    graph,
    batch,
    compute: (images, weights) => {
      const pooled: Tensor2D[] = [];
      const onLayer = ({ name }: Layer, output: Tensor4D): void => {
        if (wanted.has(name)) pooled.push(tf.tidy(() => poolFeatures(output, pooling)));
      };
      forward(graph, weights, images, { operations, training: false, onLayer });
      return pooled;
    },
  };
}

/** A recorded pass is over a whole batch: the last one is filled up with zeros, whose rows are dropped. */
function filledUp(compiled: CompiledForward, { graph, batch }: FeaturePass, images: Float32Array) {
  const size = graph.input.reduce((product, extent) => product * extent, 1);
  if (images.length === batch * size) return compiled.call(images);
  const filled = new Float32Array(batch * size);
  filled.set(images);
  return compiled.call(filled).map((each) => each.subarray(0, (each.length * images.length) / filled.length));
}

/** Where neither is a number they agree. */
function isNear(expected: Float32Array, found: Float32Array = new Float32Array()): boolean {
  let [difference, norm] = [0, 0];
  for (const [at, value] of expected.entries()) {
    const other = found[at];
    if (!Number.isFinite(value) && !Number.isFinite(other)) continue;
    difference += (value - (other ?? NaN)) ** 2;
    norm += value ** 2;
  }
  return difference <= TOLERANCE ** 2 * norm;
}

/** At least one, which is the least that the cache counts. */
function bytesOf({ layers }: Graph): number {
  const sizes = layers.flatMap((layer) => layer.weights.map(weightSize));
  const values = sizes.reduce((sum, size) => sum + size, 0);
  return Math.max(1, values * Float32Array.BYTES_PER_ELEMENT);
}
