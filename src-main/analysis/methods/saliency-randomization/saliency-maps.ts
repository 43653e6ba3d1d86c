import type { ImageBatch } from '../../subject.ts';
import { gradCamMaps } from '../../pictures/grad-cam-maps.ts';
import { guidedNetwork } from '../../pictures/guided-network.ts';
import { inputGradients, integratedGradients, sumOverChannels } from '../../pictures/integrated-gradients.ts';
import { perImage } from '../../pictures/map-rows.ts';
import { computedValues } from '../../computed-values.ts';
import { imageTensor } from '../../network-tensors.ts';
import { layerOutputs, type PictureNetwork } from '../../pictures/picture-network.ts';
import type { SaliencyMethod } from './saliency-method.ts';

export interface SaliencyOptions {
  /** Whose logit, for each image. */
  readonly classes: ArrayLike<number>;
  /** Steps of the integrated gradients. */
  readonly steps: number;
  /** Layer of Grad-CAM. */
  readonly layer: string;
  readonly pause: () => Promise<void>;
}

/** A map of each image without signs: how much each place matters, not whether it is for or against the class. */
export async function saliencyMaps(
  method: SaliencyMethod,
  network: PictureNetwork,
  { images, count }: ImageBatch,
  { classes, steps, layer, pause }: SaliencyOptions,
): Promise<Float32Array[]> {
  const channels = network.graph.input[2];
  const gradientSizes = (each: PictureNetwork): Float32Array[] => {
    const gradients = inputGradients(each, images, classes).map(Math.abs);
    return perImage(sumOverChannels(gradients, channels), count);
  };
  switch (method) {
    case 'gradient':
      return gradientSizes(network);
    case 'guided-backpropagation':
      return gradientSizes(guidedNetwork(network));
    case 'integrated-gradients': {
      const baseline = Array<number>(channels).fill(0);
      const found = await integratedGradients(network, images, classes, { steps, baseline }, pause);
      return perImage(sumOverChannels(found.attributions, channels).map(Math.abs), count);
    }
    case 'grad-cam': {
      const maps = computedValues(() => {
        const outputs = layerOutputs(network, imageTensor(network.graph, images));
        return gradCamMaps(network, outputs, layer, classes);
      });
      return perImage(maps, count);
    }
  }
}
