import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { openBatchSource } from '../../../src-main/datasets/batch-source.ts';
import { openByteSource } from '../../../src-main/datasets/byte-batches.ts';
import { channelStatistics } from '../../../src-main/datasets/normalization.ts';
import { tensors } from '../../../src-main/engine/eager-training.ts';
import type { EngineWithImages } from '../../../src-main/engine/engine.ts';
import { imageValues } from '../../../src-main/engine/program-values.ts';
import type { ImagesFromBytes } from '../../../src-main/engine/training-program.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { VARIATION_NUMBERS } from '../../../src-shared/training/image-bytes.ts';
import { randomPart } from '../datasets/small-content.ts';
import { engine } from './test-engine.ts';

// The guard compares a compiled step with one whose pictures are made by the same operations: it would not notice wrong ones.

/** As runs are trained on this device, and as they are where a device has the images. */
const MAKERS: Readonly<Record<string, ImagesFromBytes | null>> = {
  'the engine': engine.imagesFromBytes,
  'a device that has the images': (engine as Partial<EngineWithImages>).imagesOnDevice ?? null,
};
const SHAPES = [
  [32, 32, 3],
  [5, 7, 1],
] as const;
const BATCH = 16;

for (const [title, maker] of Object.entries(MAKERS))
  test(`of bytes ${title} makes the pictures that threads make, to the bit`, async (context) => {
    if (maker === null) return context.skip('it takes no images as bytes');
    for (const shape of SHAPES) {
      const part = randomPart(40, shape, 5);
      const indices = Uint32Array.from({ length: 3 * BATCH }, (_, place) => place % 40);
      const statistics = channelStatistics(part, indices);
      const augment = ['crop', 'flip', 'cutout'];
      const recipe = recipeSchema.parse({ batch: BATCH, epochs: 1, augment, cutoutSize: 3, cropPadding: 3 });
      const plan = { part, pictures: null, indices, statistics, recipe, seed: 4 };
      const threads = openBatchSource(plan);
      const bytes = openByteSource(plan, maker.hold);
      const shapes = {
        ...{ memory: [], places: [BATCH], variations: [BATCH, VARIATION_NUMBERS] },
        table: [shape[2], 256],
      };
      let batches = 0;
      for (;;) {
        await threads.ready();
        const expected = threads.take();
        if (expected === null) break;
        const { images } = bytes.take() ?? assert.fail();
        const inputs = tensors({ fromBytes: maker, graph: { input: shape } }, imageValues(images), shapes);
        const values = maker.values(inputs, shape);
        assert.deepEqual(Float32Array.from(await values.data()), Float32Array.from(expected.images));
        tf.dispose([values, inputs]);
        batches++;
      }
      assert.equal(batches, 3);
      await Promise.all([threads.close(), bytes.close()]);
    }
  });
