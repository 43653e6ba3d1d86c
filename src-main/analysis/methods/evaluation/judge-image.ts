import { crossEntropyOf } from '../../measures/cross-entropy-of.ts';

/** What a network says of one image. */
export interface Judgement {
  /** The true class, among those of the images. */
  readonly label: number;
  /** The most likely class of the network. */
  readonly predicted: number;
  /** How many classes come before the true one; of equal logits the first class does. */
  readonly rank: number;
  /** Cross-entropy, in nats. */
  readonly loss: number;
  /** The same among the classes of the images alone. */
  readonly rankAmong: number;
  readonly lossAmong: number;
}

/**
 * @param logits of one image, for all classes of the network
 * @param label number of the true class in `outputs`
 * @param outputs of each class of the images the network's own, by its number
 */
export function judgeImage(logits: Float32Array, label: number, outputs: readonly number[]): Judgement {
  const among = Float32Array.from(outputs, (output) => logits[output] ?? NaN);
  const output = outputs[label] ?? -1;
  return {
    label,
    predicted: logits.indexOf(Math.max(...logits)),
    ...{ rank: rankOf(logits, output), loss: crossEntropyOf(logits, output) },
    ...{ rankAmong: rankOf(among, label), lossAmong: crossEntropyOf(among, label) },
  };
}

function rankOf(logits: Float32Array, place: number): number {
  const own = logits[place] ?? NaN;
  return logits.reduce((rank, logit, at) => rank + Number(logit > own || (logit === own && at < place)), 0);
}
