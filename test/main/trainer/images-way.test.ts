import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImagePart } from '../../../src-main/datasets/dataset.ts';
import { cardBytes, cardEnvironment } from '../../../src-main/engine/engines/tensorflow/environment.ts';
import type { ImagesFromBytes } from '../../../src-main/engine/training-program.ts';
import { imagesWay } from '../../../src-main/trainer/images-way.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';

const RECIPE = recipeSchema.parse({ epochs: 1 });
const SHAPE = [100, 100, 3] as const;
const inMemory = (count: number): ImagePart => ({
  ...{ count, shape: SHAPE, labels: new Uint16Array(count), images: new Uint8Array() },
});

/** Of an engine of which only the device counts. */
function engine(device: ImagesFromBytes['device']): ImagesFromBytes {
  const unused = (): never => assert.fail('nothing is computed');
  return { hold: unused, ofBatch: null, values: unused, device };
}

test('images lie on the device where they fit in a fifth of its memory; the record says where, and why', () => {
  const told = (part: ImagePart, bytes: number | null, recipe = RECIPE, most: number | null = null) => {
    const { asBytes, text } = imagesWay(part, recipe, engine({ bytes, most }));
    return [asBytes, text?.replaceAll('\u00a0', ' ')];
  };
  assert.deepEqual(told(inMemory(1000), 150e6), [true, 'on the device: 30.0 MB']);
  assert.deepEqual(told(inMemory(1001), 150e6), [
    false,
    'from the host: 30.0 MB do not fit in 20 % of 150 MB',
  ]);
  assert.deepEqual(told(inMemory(1001), null), [true, 'on the device: 30.0 MB']);
  assert.deepEqual(told(inMemory(1000), null, RECIPE, 30e6), [true, 'on the device: 30.0 MB']);
  assert.deepEqual(told(inMemory(1001), null, RECIPE, 30e6), [
    false,
    'from the host: 30.0 MB are more than the 30.0 MB that a program of the device can read',
  ]);
  const { count, shape, labels } = inMemory(1000);
  assert.deepEqual(told({ ...{ count, shape, labels }, file: 'images', at: 0 }, 8e9), [
    false,
    'from the host: 30.0 MB stay in their file',
  ]);
  const turned = recipeSchema.parse({ epochs: 1, augment: ['rotation'] });
  assert.deepEqual(told(inMemory(1), 8e9, turned), [
    false,
    'from the host: they are turned, or cut at another scale',
  ]);
});

test('where an engine reads bytes where they lie, or takes none, nothing is said of a device', () => {
  assert.deepEqual(imagesWay(inMemory(9), RECIPE, engine(null)), { asBytes: true, text: null });
  assert.deepEqual(imagesWay(inMemory(9), RECIPE, null), { asBytes: true, text: null });
});

test('a trainer is told how much memory its card has, where the driver says it', () => {
  const card = { id: 'GPU-1', number: '0', name: null, usedBytes: null };
  assert.equal(cardBytes(cardEnvironment({ ...card, totalBytes: 8e9 })), 8e9);
  assert.equal(cardBytes(cardEnvironment({ ...card, totalBytes: null })), null);
});
