import type { EvaluationSet } from '../../subject.ts';
import { pickImages } from '../../evaluation-set.ts';
import type { ExplanationPass } from '../../pictures/explanation-pass.ts';
import { perImage } from '../../pictures/map-rows.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { StrongImage } from '../../pictures/strongest-images.ts';

/** A channel and the images that excite it most, the strongest first; none where it is never above zero. */
export interface ChannelRow {
  readonly channel: number;
  readonly images: readonly StrongImage[];
  /** Guided backpropagation of the sum of the channel's absolute outputs, of each image; none if not wanted. */
  readonly gradients: readonly Picture[];
}

/**
 * The gradients of a row at its images, [h, w, c] each.
 * @param pass of the row's layer
 * @param pause awaited after each batch
 */
export async function rowGradients(
  { channel, images }: Pick<ChannelRow, 'channel' | 'images'>,
  { set, pass }: { readonly set: EvaluationSet; readonly pass: ExplanationPass },
  pause: () => Promise<void>,
): Promise<Float32Array[]> {
  const pixels = pickImages(
    set,
    images.map(({ image }) => image),
  );
  const channels = images.map(() => channel);
  return perImage(await pass.explain(pixels, channels, pause), images.length);
}
