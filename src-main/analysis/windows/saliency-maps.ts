import * as tf from '@tensorflow/tfjs';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import type { ForwardProgram } from '../../engine/engine.ts';
import { batchSize } from '../compute-features.ts';
import { batchesOf } from '../evaluation-set.ts';
import { gradCamMaps } from '../pictures/grad-cam-maps.ts';
import { largestOfEach } from '../pictures/logit-gradient.ts';
import { perImage } from '../pictures/map-rows.ts';
import { differentiableOperations, layerOutputs } from '../pictures/picture-network.ts';
import { setPass } from '../set-pass.ts';
import type { Subject } from '../subject.ts';
import { salientLayer } from './salient-layer.ts';
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
  const layer = salientLayer(subject);
  const [height, width] = layer.output;
  const set = subject.evaluationSet(images);
  const batch = batchSize(subject.graph);
  const pass = setPass(subject, set, predictedGradCam(subject, layer.name, batch));
  try {
    pass.writeWeights(subject.weights('last'));
    const maps: SaliencyMap[] = [];
    for (const { batch: some, end } of batchesOf(set, batch)) {
      const [values = new Float32Array()] = pass.run(some.images);
      for (const each of perImage(values, some.count))
        maps.push(salientPart({ height, width, values: each }));
      await step(end / set.count);
    }
    return { layer, maps };
  } finally {
    pass.close();
  }
}

/** Grad-CAM for the predicted class of each image, whose logits are those of the same pass. */
function predictedGradCam(
  { graph, engine }: Pick<Subject, 'graph' | 'engine'>,
  layer: string,
  batch: number,
): ForwardProgram {
  const operations = differentiableOperations(engine.operations);
  return {
    ...{ graph, batch },
    compute: (images, weights) => {
      const network = { graph, weights, operations };
      const outputs = layerOutputs(network, images);
      const logits = outputs.get(graph.layers.at(-1)?.name ?? '');
      if (logits === undefined) throw new Error('a graph needs layers');
      const predicted = largestOfEach(tf.reshape(logits, [images.shape[0], graph.classes]));
      return [gradCamMaps(network, outputs, layer, predicted)];
    },
  };
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
