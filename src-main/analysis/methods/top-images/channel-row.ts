import type { EvaluationSet } from '../../subject.ts';
import { pickImages } from '../../evaluation-set.ts';
import { activationGradients } from '../../pictures/activation-gradients.ts';
import { guidedNetwork } from '../../pictures/guided-network.ts';
import { perImage } from '../../pictures/map-rows.ts';
import type { PictureNetwork } from '../../pictures/picture-network.ts';
import { type LayerMaxima, strongestImages, type StrongImage } from '../../pictures/strongest-places.ts';

/** A channel and the images that excite it most, the strongest first; none where it is never above zero. */
export interface ChannelRow {
  readonly channel: number;
  readonly images: readonly StrongImage[];
  /** Guided backpropagation of the sum of the channel's absolute outputs, [h, w, c] of each image; none if not wanted. */
  readonly gradients: readonly Float32Array[];
}

export function channelRows(
  maxima: LayerMaxima,
  channels: readonly number[],
  width: number,
  top: number,
): ChannelRow[] {
  return channels.map((channel) => ({
    channel,
    images: strongestImages(maxima, channel, width, top),
    gradients: [],
  }));
}

/** Images through which gradients flow at once. */
const BATCH = 30;

/** @param pause awaited after each batch */
export async function withGradients(
  rows: readonly ChannelRow[],
  {
    network,
    layer,
    set,
  }: { readonly network: PictureNetwork; readonly layer: string; readonly set: EvaluationSet },
  pause: () => Promise<void>,
): Promise<ChannelRow[]> {
  const guided = guidedNetwork(network);
  const wanted = rows.flatMap(({ channel, images }) => images.map(({ image }) => ({ channel, image })));
  const gradients: Float32Array[] = [];
  for (let start = 0; start < wanted.length; start += BATCH) {
    const batch = wanted.slice(start, start + BATCH);
    const images = pickImages(
      set,
      batch.map(({ image }) => image),
    );
    const channels = batch.map(({ channel }) => channel);
    gradients.push(...perImage(activationGradients(guided, layer, images, channels), batch.length));
    await pause();
  }
  let next = 0;
  return rows.map((row) => ({ ...row, gradients: row.images.flatMap(() => gradients[next++] ?? []) }));
}
