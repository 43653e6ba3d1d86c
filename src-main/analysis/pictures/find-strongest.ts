import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { batchSize } from '../compute-features.ts';
import { batchesOf } from '../evaluation-set.ts';
import { setPass } from '../set-pass.ts';
import type { EvaluationSet, Subject, WeightValues } from '../subject.ts';
import { layerOutputs, type PictureNetwork } from './picture-network.ts';
import { StrongestImages } from './strongest-images.ts';

export interface StrongestWanted {
  readonly weights: WeightValues;
  readonly set: EvaluationSet;
  readonly layers: readonly Layer[];
  /** Images of each channel. */
  readonly top: number;
  /** Awaited after each batch, told the share that is done. */
  readonly step: (share: number) => Promise<void>;
}

/** The images that excite each channel of some layers most, in one pass over the set. */
export async function findStrongest(
  subject: Pick<Subject, 'graph' | 'engine'>,
  { weights, set, layers, top, step }: StrongestWanted,
): Promise<ReadonlyMap<string, StrongestImages>> {
  const { graph, engine } = subject;
  const found = layers.map(({ output }) => new StrongestImages(output, top));
  const batch = batchSize(graph);
  const { operations } = engine;
  const pass = setPass(
    subject,
    set,
    {
      ...{ graph, batch },
      compute: (images, ofPass) => maximaOf({ graph, weights: ofPass, operations }, images, layers).flat(),
    },
    (output) => output % 2 === 0,
  );
  try {
    pass.writeWeights(weights);
    for (const { start, end, batch: some } of batchesOf(set, batch)) {
      const maxima = pass.run(some.images);
      for (const [place, strongest] of found.entries())
        strongest.add(
          start,
          maxima[2 * place] ?? new Float32Array(),
          maxima[2 * place + 1] ?? new Float32Array(),
        );
      await step(end / set.count);
    }
  } finally {
    pass.close();
  }
  return new Map(layers.map(({ name }, place) => [name, found[place] as StrongestImages]));
}

/** Of each layer the largest output of each channel and its place, row by row, both [images, channels]. */
function maximaOf(
  network: PictureNetwork,
  images: Tensor4D,
  layers: readonly Layer[],
): (readonly [value: Tensor2D, place: Tensor2D])[] {
  const outputs = layerOutputs(network, images);
  return layers.map(({ name }) => {
    const output = outputs.get(name);
    if (output === undefined) throw new Error(`no output of ${name}`);
    const [count, height, width, channels] = output.shape;
    const flat = tf.reshape<tf.Rank.R3>(output, [count, height * width, channels]);
    // a place is a whole number that a float32 holds
    return [tf.max<Tensor2D>(flat, 1), tf.cast<Tensor2D>(tf.argMax(flat, 1), 'float32')] as const;
  });
}
