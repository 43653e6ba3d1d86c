import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { forward } from '../../engine/model.ts';
import { batchSize } from '../compute-features.ts';
import { computedValues } from '../computed-values.ts';
import { batchesOf } from '../evaluation-set.ts';
import { imageTensor } from '../network-tensors.ts';
import { hasPlaces } from '../pictures/chosen-layers.ts';
import { gradCamMaps } from '../pictures/grad-cam-maps.ts';
import { perImage } from '../pictures/map-rows.ts';
import { type LayerOutputs, type PictureNetwork, withNetwork } from '../pictures/picture-network.ts';
import type { Subject } from '../subject.ts';
import { bestWindow, salientPart, type SaliencyMap, type SaliencyWindows } from './saliency-window.ts';

export interface SalientParts {
  readonly layer: Layer;
  /** Of each image of the evaluation set. */
  readonly maps: readonly SaliencyMap[];
}

/**
 * What is salient in each image of the evaluation set: Grad-CAM of the predicted class at the last layer with places that does
 * not itself score the classes, with the trained weights.
 * @param step awaited after each batch, told the share that is done
 * @throws Problem `usage` for a network without such a layer
 */
export async function salientParts(
  subject: Subject,
  images: number,
  step: (share: number) => Promise<void>,
): Promise<SalientParts> {
  const layer = lastWithPlaces(subject);
  const [height, width] = layer.output;
  const set = subject.evaluationSet(images);
  return withNetwork(subject, subject.weights('last'), async (network) => {
    const maps: SaliencyMap[] = [];
    for (const { batch, end } of batchesOf(set, batchSize(subject.graph))) {
      const values = computedValues(() => {
        const { outputs, predicted } = explained(network, batch.images);
        return gradCamMaps(network, outputs, layer.name, predicted);
      });
      for (const each of perImage(values, batch.count))
        maps.push(salientPart({ height, width, values: each }));
      await step(end / set.count);
    }
    return { layer, maps };
  });
}

/** The outputs of all layers and the predicted class of each image, from one pass. Call it inside a tidy. */
function explained(
  { graph, weights, operations }: PictureNetwork,
  images: Float32Array,
): { readonly outputs: LayerOutputs; readonly predicted: Int32Array } {
  const outputs = new Map<string, Tensor4D>();
  const { logits } = forward(graph, weights, imageTensor(graph, images), {
    ...{ operations, training: false },
    onLayer: ({ name }, output) => void outputs.set(name, output),
  });
  return { outputs, predicted: tf.argMax(logits, 1).dataSync<'int32'>() };
}

/** The window with the greatest sum of each image; in the middle where nothing is salient. */
export function windowsOf({ layer, maps }: SalientParts, window: number): SaliencyWindows {
  const [height, width] = layer.output;
  const centres = Uint16Array.from(
    maps.flatMap((map) => {
      const best = bestWindow(map, window);
      return best.sum > 0
        ? [best.top + Math.floor(best.height / 2), best.left + Math.floor(best.width / 2)]
        : [Math.floor(height / 2), Math.floor(width / 2)];
    }),
  );
  return { layer: layer.name, sides: [height, width], window: Math.min(window, height, width), centres };
}

/** Behind the last layer with weights, or in it, are the classes. */
function lastWithPlaces({ graph, layers }: Subject): Layer {
  const scores = graph.layers.findLast(({ weights }) => weights.length > 0);
  const before = layers.slice(
    0,
    layers.findIndex(({ name }) => name === scores?.name),
  );
  const found = before.findLast(hasPlaces);
  if (found !== undefined) return found;
  throw new Problem('usage', 'This network has no layer with places before the one that scores the classes.');
}
