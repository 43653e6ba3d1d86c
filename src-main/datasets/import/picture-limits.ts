import { fixed } from '../../../src-shared/numbers.ts';
import { counted } from '../../../src-shared/counted.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { requireRoom } from '../../files/disk-full.ts';
import type { ArrangedImages } from './arrange-images.ts';
import type { PictureHeader } from './picture-header.ts';
import type { PictureImport } from './import-task.ts';
import type { SurveyedPicture } from './survey.ts';

/** Bytes that reading a picture takes, at most: its file, and its pixels as they are decoded to 8 or 16 bits. */
export function memoryOf(
  bytes: number,
  { width, height, isDeep, bytesPerPixel }: PictureHeader,
  deep: boolean,
): number {
  return bytes + width * height * bytesPerPixel * (deep && !isDeep ? 2 : 1);
}

/**
 * @throws Problem `data-invalid` for a picture that takes more memory than is allowed, `disk-full` where the disk has no
 *   room for what is decoded and kept
 */
export function requireFits(
  pictures: readonly SurveyedPicture[],
  { training, test }: ArrangedImages,
  { source, options, memory, folder }: PictureImport,
): void {
  const { size, stretch = false, keepPictures = false } = options;
  const large = pictures.filter(({ bytes, header }) => memoryOf(bytes, header, stretch) > memory);
  if (large.length > 0) throw tooLarge(source.name, large, stretch, memory);
  const height = size ?? pictures[0]?.header.height ?? 0;
  const width = size ?? pictures[0]?.header.width ?? 0;
  const channels = pictures.some(({ header }) => header.channels === 3) ? 3 : 1;
  const imageBytes = height * width * channels;
  const decoded = pictures.length * imageBytes * (stretch ? 2 : 1);
  const keptBytes = keepPictures ? pictures.reduce((sum, { bytes }) => sum + bytes, 0) : 0;
  requireRoom(folder, decoded + (training.length + test.length) * (imageBytes + 2) + keptBytes);
}

function tooLarge(
  source: string,
  large: readonly SurveyedPicture[],
  stretch: boolean,
  memory: number,
): Problem {
  const needs = large.map(({ bytes, header }) => memoryOf(bytes, header, stretch));
  const most = Math.max(...needs);
  const largest = large[needs.indexOf(most)];
  const size = `${largest?.header.width}x${largest?.header.height} pixels, ${gib(most)}`;
  return new Problem(
    'data-invalid',
    `${source}: ${counted(large.length, 'image takes', 'images take')} more memory to read than the limit of ${gib(memory)}, e.g. ${largest?.path} (${size}). Leave such images out, or raise the limit: --memory ${Math.ceil(most / 2 ** 30)}`,
  );
}

function gib(bytes: number): string {
  return `${fixed(Math.ceil((10 * bytes) / 2 ** 30) / 10, 1)} GiB`;
}
