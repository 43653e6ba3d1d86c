import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { LRUCache } from 'lru-cache';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { weightSize } from '../../src-shared/networks/weights.ts';
import type { Engine, ForwardProgram } from '../engine/engine.ts';
import { forward } from '../engine/model.ts';
import { poolFeatures } from './pool-features.ts';
import type { PassPooling, WeightValues } from './subject.ts';
import { EAGER, ReplayedPass } from './replayed-pass.ts';

/** Bytes of the weights of all compiled passes that are kept. */
const KEPT_BYTES = 2 ** 28;

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
 * after the training.
 */
export class FeaturePasses {
  readonly #engine: Engine;
  /** Those that no open pass uses. */
  readonly #idle = new LRUCache<string, ReplayedPass>({
    maxSize: KEPT_BYTES,
    dispose: (pass, _, reason) => {
      // what is taken out is in use
      if (reason !== 'delete') pass.close();
    },
  });

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  eager(wanted: FeaturePass, values: WeightValues): OpenPass {
    const pass = new ReplayedPass(EAGER, programOf(wanted, this.#engine));
    pass.writeWeights(values);
    return pass;
  }

  compiled(wanted: FeaturePass, values: WeightValues): OpenPass {
    const { graph, pooling, layers, batch } = wanted;
    const key = JSON.stringify([graph, pooling, layers.map(({ name }) => name), batch]);
    const pass = this.#idle.get(key) ?? new ReplayedPass(this.#engine, programOf(wanted, this.#engine));
    this.#idle.delete(key);
    pass.writeWeights(values);
    return {
      run: (images) => pass.run(images),
      close: () => {
        pass.rest();
        this.#idle.set(key, pass, { size: Math.min(bytesOf(graph), KEPT_BYTES) });
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

/** At least one, which is the least that the cache counts. */
function bytesOf({ layers }: Graph): number {
  const sizes = layers.flatMap((layer) => layer.weights.map(weightSize));
  const values = sizes.reduce((sum, size) => sum + size, 0);
  return Math.max(1, values * Float32Array.BYTES_PER_ELEMENT);
}
