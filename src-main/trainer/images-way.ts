import { decimalSize, percent } from '../../src-shared/numbers.ts';
import type { Recipe } from '../../src-shared/studies/recipe.ts';
import { canBeBytes } from '../datasets/byte-batches.ts';
import type { ImagePart } from '../datasets/dataset.ts';
import type { ImagesFromBytes } from '../engine/training-program.ts';

/** Of a device's memory, that images may take: the rest is for networks, and for other trainers and programs. */
const SHARE_OF_IMAGES = 0.2;

/** How images come to the steps of a run. */
export interface ImagesWay {
  /** Whether they are given as bytes, where the engine takes these; else threads prepare them. */
  readonly asBytes: boolean;
  /** Where they lie and why, for the record of the run; null where the engine has no device with a memory of its own. */
  readonly text: string | null;
}

export function imagesWay(part: ImagePart, recipe: Recipe, engine: ImagesFromBytes | null): ImagesWay {
  const asBytes = canBeBytes(part, recipe);
  const device = engine?.device ?? null;
  if (device === null) return { asBytes, text: null };
  const bytes = part.shape.reduce((product, extent) => product * extent, part.count);
  const fromHost = (why: string): ImagesWay => ({ asBytes: false, text: `from the host: ${why}` });
  if (!('images' in part)) return fromHost(`${decimalSize(bytes)} stay in their file`);
  if (!asBytes) return fromHost('they are turned, or cut at another scale');
  if (device.bytes !== null && bytes > SHARE_OF_IMAGES * device.bytes)
    return fromHost(
      `${decimalSize(bytes)} do not fit in ${percent(SHARE_OF_IMAGES, 0)} of ${decimalSize(device.bytes)}`,
    );
  if (device.most !== null && bytes > device.most)
    return fromHost(
      `${decimalSize(bytes)} are more than the ${decimalSize(device.most)} that a program of the device can read`,
    );
  return { asBytes, text: `on the device: ${decimalSize(bytes)}` };
}
