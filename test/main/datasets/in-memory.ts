import assert from 'node:assert/strict';
import type { ImagePart, ImagesInMemory } from '../../../src-main/datasets/dataset.ts';

/** A part that is small enough to be kept in memory. */
export function inMemory(part: ImagePart): ImagesInMemory {
  assert.ok('images' in part, 'the images are in memory');
  return part;
}
