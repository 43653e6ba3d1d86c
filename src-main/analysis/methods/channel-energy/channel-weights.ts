import type { ForwardProgram } from '../../../engine/engine.ts';
import { batchSize } from '../../compute-features.ts';
import { batchesOf } from '../../evaluation-set.ts';
import { channelGradients } from '../../pictures/channel-gradients.ts';
import { guidedNetwork } from '../../pictures/guided-network.ts';
import { chosenOutputs, largestOfEach } from '../../pictures/logit-gradient.ts';
import { differentiableOperations } from '../../pictures/picture-network.ts';
import { setPass } from '../../set-pass.ts';
import type { FeatureWeights, Subject, WeightValues } from '../../subject.ts';

export interface Weighting {
  readonly images: number;
  readonly gradients: 'guided' | 'plain';
  /** Whose logit the gradients are of; the class that the network predicts, trained or untrained, or the true one. */
  readonly logit: 'predicted' | 'true';
}

/** By layer what each image's channels count, from 0 to 1, [images, c]. */
export type ChannelWeights = ReadonlyMap<string, Float32Array>;

/**
 * Mean gradients of a logit with respect to the channels, scaled over all images and channels of a layer: its least is 0, its
 * greatest 1. Zeros where all are alike.
 * @param step awaited after each batch, told the share that is done
 */
export async function channelWeights(
  subject: Subject,
  weighting: Weighting,
  step: (share: number) => Promise<void>,
): Promise<Readonly<Record<FeatureWeights, ChannelWeights>>> {
  const set = subject.evaluationSet(weighting.images);
  const { layers } = subject;
  const batch = batchSize(subject.graph);
  const pass = setPass(subject, set, gradientProgram(subject, weighting, batch));
  const weightsOf = async (values: WeightValues, before: number): Promise<ChannelWeights> => {
    const means = layers.map(({ output: [, , channels] }) => new Float32Array(set.count * channels));
    pass.writeWeights(values);
    for (const { start, end, batch: some } of batchesOf(set, batch)) {
      const chosen =
        weighting.logit === 'true' ? chosenOutputs(some.labels, subject.graph.classes) : undefined;
      for (const [place, gradients] of pass.run(some.images, chosen).entries())
        means[place]?.set(gradients, (start * gradients.length) / some.count);
      await step((before + end / set.count) / 2);
    }
    return new Map(layers.map(({ name }, place) => [name, scaled(means[place] ?? new Float32Array())]));
  };
  try {
    return {
      trained: await weightsOf(subject.weights('last'), 0),
      untrained: await weightsOf(subject.untrainedWeights(), 1),
    };
  } finally {
    pass.close();
  }
}

/** Of each layer the mean gradients, [batch, c]; beside the images the true classes, where these are explained. */
export function gradientProgram(
  { graph, engine, layers }: Pick<Subject, 'graph' | 'engine' | 'layers'>,
  { gradients, logit }: Omit<Weighting, 'images'>,
  batch: number,
): ForwardProgram {
  const operations = differentiableOperations(engine.operations);
  return {
    ...{ graph, batch },
    ...(logit === 'true' && { beside: graph.classes }),
    compute: (images, weights, classes) => {
      const network = { graph, weights, operations };
      const explained = gradients === 'guided' ? guidedNetwork(network) : network;
      return channelGradients(explained, images, (logits) => classes ?? largestOfEach(logits), layers);
    },
  };
}

function scaled(values: Float32Array): Float32Array {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
}
