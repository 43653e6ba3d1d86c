import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { batchSize } from '../compute-features.ts';
import { EAGER, ReplayedPass } from '../replayed-pass.ts';
import type { Subject, WeightValues } from '../subject.ts';
import { activationGradient } from './activation-gradient.ts';
import { gradCamMaps } from './grad-cam-maps.ts';
import { guidedNetwork } from './guided-network.ts';
import { chosenOutputs } from './logit-gradient.ts';
import { outputGradient } from './output-gradient.ts';
import { differentiableOperations, endingAt, layerOutputs, type PictureNetwork } from './picture-network.ts';

/** Batches from which recording takes less time than it saves: loading what was recorded takes as long as some twenty. */
const MANY = 25;

interface Explanation {
  readonly graph: Graph;
  /** How many outputs there are to choose from. */
  readonly outputs: number;
  /** @param chosen [n, outputs]: 1 at what is explained of each image, 0 elsewhere */
  readonly compute: (network: PictureNetwork, images: Tensor4D, chosen: Tensor2D) => Tensor;
}

/**
 * What explains one output of each image, with whichever weights were written last: few images at a time are in memory.
 * It is recorded once and replayed, where the engine can and there are many images.
 */
export class ExplanationPass {
  readonly #pass: ReplayedPass;
  readonly #batch: number;
  readonly #outputs: number;
  /** Numbers of an image. */
  readonly #size: number;

  /** @param images how many it will be asked for, with all weights together */
  constructor({ engine }: Pick<Subject, 'engine'>, { graph, outputs, compute }: Explanation, images: number) {
    this.#batch = Math.min(batchSize(graph), images);
    this.#outputs = outputs;
    this.#size = graph.input.reduce((product, extent) => product * extent, 1);
    const operations = differentiableOperations(engine.operations);
    const isWorthCompiling = images >= MANY * this.#batch;
    this.#pass = new ReplayedPass(isWorthCompiling ? engine : EAGER, {
      ...{ graph, batch: this.#batch, beside: outputs },
      compute: (pixels, weights, chosen) => {
        if (chosen === undefined) throw new Error('it is not said what is explained');
        return [compute({ graph, weights, operations }, pixels, chosen)];
      },
    });
  }

  writeWeights(values: WeightValues): void {
    this.#pass.writeWeights(values);
  }

  /**
   * What explains the images, one after another.
   * @param images normalised, [n, h, w, c]
   * @param chosen the output of each image; null for the sum of all
   * @param pause awaited after each batch
   */
  async explain(
    images: Float32Array,
    chosen: ArrayLike<number> | null,
    pause: () => Promise<void>,
  ): Promise<Float32Array> {
    const all = images.length / this.#size;
    let found = new Float32Array();
    for (let start = 0; start < all; start += this.#batch) {
      const end = Math.min(all, start + this.#batch);
      const pixels = images.subarray(start * this.#size, end * this.#size);
      const [values = new Float32Array()] = this.#pass.run(pixels, this.#choice(chosen, start, end));
      if (start === 0) found = new Float32Array((values.length / end) * all);
      found.set(values, (values.length / (end - start)) * start);
      await pause();
    }
    return found;
  }

  close(): void {
    this.#pass.close();
  }

  #choice(chosen: ArrayLike<number> | null, start: number, end: number): Float32Array {
    if (chosen === null) return new Float32Array((end - start) * this.#outputs).fill(1);
    const own = Array.from({ length: end - start }, (_, at) => chosen[start + at] ?? NaN);
    return chosenOutputs(own, this.#outputs);
  }
}

export interface GradientOptions {
  /** Of the sum of a channel's absolute outputs in this layer; null: of a logit. Nothing behind it is computed. */
  readonly layer: string | null;
  /** By guided backpropagation. */
  readonly guided: boolean;
  /** How many gradients will be asked for, with all weights together. */
  readonly images: number;
}

/** Gradients with respect to images, [n, h, w, c] like these. */
export function gradientPass(
  subject: Pick<Subject, 'graph' | 'engine'>,
  { layer, guided, images }: GradientOptions,
): ExplanationPass {
  const gradient = layer === null ? outputGradient : activationGradient;
  const graph = layer === null ? subject.graph : endingAt(subject.graph, layer);
  const explanation: Explanation = {
    graph,
    outputs: layer === null ? graph.classes : (graph.layers.at(-1)?.output[2] ?? 0),
    compute: (network, pixels, chosen) => gradient(guided ? guidedNetwork(network) : network, pixels, chosen),
  };
  return new ExplanationPass(subject, explanation, images);
}

/** Grad-CAM of a layer, [n, h, w] at the layer's size. @param images as of gradients */
export function gradCamPass(
  subject: Pick<Subject, 'graph' | 'engine'>,
  { layer, images }: { readonly layer: string; readonly images: number },
): ExplanationPass {
  const { graph } = subject;
  const explanation: Explanation = {
    ...{ graph, outputs: graph.classes },
    compute: (network, pixels, chosen) => gradCamMaps(network, layerOutputs(network, pixels), layer, chosen),
  };
  return new ExplanationPass(subject, explanation, images);
}
