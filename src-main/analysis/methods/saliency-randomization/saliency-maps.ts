import type { ImageBatch, Subject, WeightValues } from '../../subject.ts';
import { type ExplanationPass, gradCamPass, gradientPass } from '../../pictures/explanation-pass.ts';
import { integratedGradients, sumOverChannels } from '../../pictures/integrated-gradients.ts';
import { perImage } from '../../pictures/map-rows.ts';
import { SALIENCY_METHODS, type SaliencyMethod } from './saliency-method.ts';

export interface SaliencyOptions {
  readonly set: ImageBatch;
  /** Whose logit, for each image. */
  readonly classes: ArrayLike<number>;
  /** Steps of the integrated gradients. */
  readonly steps: number;
  /** Layer of Grad-CAM. */
  readonly layer: string;
  /** With how many weights. */
  readonly times: number;
  /** Awaited after each batch. */
  readonly pause: () => Promise<void>;
}

/** A map of each image without signs: how much each place matters, not whether it is for or against the class. */
export type Maps = ReadonlyMap<SaliencyMethod, readonly Float32Array[]>;

/** The maps of images by each method, with one weights after another. */
export class SaliencyMaps {
  readonly #options: SaliencyOptions;
  readonly #channels: number;
  readonly #passes: Readonly<Record<'plain' | 'guided' | 'gradCam', ExplanationPass>>;

  constructor(subject: Pick<Subject, 'graph' | 'engine'>, options: SaliencyOptions) {
    const { set, steps, layer, times } = options;
    const images = set.count * times;
    this.#options = options;
    this.#channels = subject.graph.input[2];
    this.#passes = {
      plain: gradientPass(subject, { layer: null, guided: false, images: images * (steps + 1) }),
      guided: gradientPass(subject, { layer: null, guided: true, images }),
      gradCam: gradCamPass(subject, { layer, images }),
    };
  }

  async with(weights: WeightValues): Promise<Maps> {
    for (const pass of Object.values(this.#passes)) pass.writeWeights(weights);
    const { count } = this.#options.set;
    const maps = new Map<SaliencyMethod, Float32Array[]>();
    for (const method of SALIENCY_METHODS) maps.set(method, perImage(await this.#mapsOf(method), count));
    return maps;
  }

  close(): void {
    for (const pass of Object.values(this.#passes)) pass.close();
  }

  async #mapsOf(method: SaliencyMethod): Promise<Float32Array> {
    const { set, classes, steps, pause } = this.#options;
    const { plain, guided, gradCam } = this.#passes;
    const ofEach = (pass: ExplanationPass, images = set.images): Promise<Float32Array> =>
      pass.explain(images, classes, pause);
    const sizes = (gradients: Float32Array): Float32Array =>
      sumOverChannels(gradients.map(Math.abs), this.#channels);
    switch (method) {
      case 'gradient':
        return sizes(await ofEach(plain));
      case 'guided-backpropagation':
        return sizes(await ofEach(guided));
      case 'integrated-gradients': {
        const baseline = Array<number>(this.#channels).fill(0);
        const gradients = (points: Float32Array): Promise<Float32Array> => ofEach(plain, points);
        const found = await integratedGradients(set.images, { steps, baseline, gradients });
        return sumOverChannels(found, this.#channels).map(Math.abs);
      }
      case 'grad-cam':
        return ofEach(gradCam);
    }
  }
}
