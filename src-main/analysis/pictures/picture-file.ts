import sharp from 'sharp';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import type { WrittenFile } from '../method.ts';
import type { Picture } from './picture.ts';

interface PictureCaption {
  /** What it shows, if a method has several pictures of a layer: `patches`. */
  readonly kind?: string;
  readonly layer: Pick<Layer, 'name'> | null;
  /** What is seen and with which settings, for a reader who sees nothing else. */
  readonly title: string;
}

/** A picture as a PNG file of a method: `fire2-squeeze-patches.png`. */
export async function pictureFile(
  { width, height, pixels }: Picture,
  { kind, layer, title }: PictureCaption,
): Promise<WrittenFile> {
  const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return {
    file: `${fileStem(layer?.name ?? 'network', kind)}.png`,
    kind: 'picture',
    mediaType: 'image/png',
    layer: layer?.name ?? null,
    title,
    bytes,
  };
}

/** The beginning of a file's name for a layer: `fire2-squeeze-patches`. */
export function fileStem(layer: string, kind?: string): string {
  return [...layer.split('/'), ...(kind === undefined ? [] : [kind])].join('-');
}
