import { z } from 'zod';
import type { Shape } from './layer.ts';

const perChannel = z.array(z.number());

/**
 * What makes of a picture the input of a network that was trained elsewhere: its short side becomes `shortSide` pixels
 * long, the middle of the network's input size is cut out, and each byte becomes (byte * scale - mean) / std of its
 * channel. Channels are always red, green, blue: an import turns round the kernels of a network that reads blue first.
 */
export const preprocessingSchema = z.strictObject({
  shortSide: z.int().min(1),
  mean: perChannel,
  std: z.array(z.number().gt(0)),
  /** 1/255 for networks that take values from 0 to 1, 1 for those that take bytes. */
  scale: z.number().gt(0),
  /** The order in which the network read the channels where it comes from, as far as that was said. */
  channels: z.enum(['rgb', 'bgr']).default('rgb'),
});

export type Preprocessing = z.output<typeof preprocessingSchema>;

/** Of the images of ImageNet, from 0 to 1; red, green, blue. */
const IMAGENET_MEAN = [0.485, 0.456, 0.406];
const IMAGENET_STD = [0.229, 0.224, 0.225];

/** The side of which the middle 224 pixels are shown in evaluations on ImageNet. */
const [IMAGENET_SHORT_SIDE, IMAGENET_SIDE] = [256, 224];

/**
 * That of evaluations on ImageNet, in proportion for other input sizes. Inputs of another number of channels than three
 * take the mean of its three.
 */
export function usualPreprocessing([height, width, channels]: Shape): Preprocessing {
  const of = (values: readonly number[]): number[] =>
    channels === values.length
      ? [...values]
      : Array.from({ length: channels }, () => values.reduce((sum, each) => sum + each, 0) / values.length);
  return {
    shortSide: Math.round((Math.min(height, width) * IMAGENET_SHORT_SIDE) / IMAGENET_SIDE),
    mean: of(IMAGENET_MEAN),
    std: of(IMAGENET_STD),
    scale: 1 / 255,
    channels: 'rgb',
  };
}

/** The same normalization as (byte / 255 - mean) / std, the form in which data sets and checkpoints have theirs. */
export function normalizationOf({ mean, std, scale }: Preprocessing): {
  readonly mean: readonly number[];
  readonly std: readonly number[];
} {
  const inverse = 1 / (scale * 255);
  return { mean: mean.map((each) => each * inverse), std: std.map((each) => each * inverse) };
}
