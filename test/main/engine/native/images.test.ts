import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBatchSource } from '../../../../src-main/datasets/batch-source.ts';
import { canBeBytes, evaluationBytes, openByteSource } from '../../../../src-main/datasets/byte-batches.ts';
import { filledBatches } from '../../../../src-main/datasets/evaluation-batches.ts';
import { channelStatistics } from '../../../../src-main/datasets/normalization.ts';
import type { Augmentation } from '../../../../src-shared/studies/recipe.ts';
import { recipeSchema } from '../../../../src-shared/studies/recipe.ts';
import type { ImageBytes } from '../../../../src-shared/training/image-bytes.ts';
import { randomPart } from '../../datasets/small-content.ts';
import { attributes, execute, withAnyThreads, withEachSet } from './own-ops.ts';

type ImageShape = readonly [height: number, width: number, channels: number];

/** What the kernel makes of the bytes, with each instruction set and any number of threads. */
function valuesOf({ words, variations, table }: ImageBytes, shape: ImageShape): Float32Array[] {
  const [height, width, channels] = shape;
  const attrs = Object.entries({ height, width, channels }).map(([name, value]) =>
    attributes.integer(name, value),
  );
  const inputs = [words, variations, table].map((values) => ({ shape: [values.length], values }));
  return withEachSet((set) => {
    const [found] = withAnyThreads(set, () => execute('KindlingImages', attrs, inputs, 1));
    return found?.values ?? assert.fail();
  });
}

const AUGMENTATIONS: Augmentation[][] = [[], ['crop'], ['flip'], ['crop', 'flip', 'cutout']];
// some whose bytes fill no whole number of words, some that are moved out of sight, enough to be shared out to threads
const SHAPES: ImageShape[] = [
  [6, 6, 3],
  [5, 7, 1],
  [3, 3, 3],
  [1, 1, 1],
  [32, 32, 3],
  [9, 2, 4],
];

test('a batch of bytes has the values and labels of the batch that a thread prepares, to the bit', async () => {
  for (const shape of SHAPES)
    for (const augment of AUGMENTATIONS) {
      const part = randomPart(50, shape, 5);
      const indices = Uint32Array.from({ length: 40 }, (_, place) => place + 5);
      const statistics = channelStatistics(part, indices);
      const recipe = recipeSchema.parse({ batch: 16, epochs: 2, augment, cutoutSize: 3, cropPadding: 3 });
      const plan = { part, pictures: null, indices, statistics, recipe, seed: 4 };
      assert.ok(canBeBytes(part, recipe));
      const [expected, found] = [openBatchSource(plan), openByteSource(plan)];
      assert.deepEqual(
        [found.stepsPerEpoch, found.totalSteps],
        [expected.stepsPerEpoch, expected.totalSteps],
      );
      for (let batch = expected.take(); batch !== null; batch = expected.take()) {
        const bytes = found.take() ?? assert.fail();
        assert.deepEqual(
          [bytes.step, bytes.epoch, [...bytes.labels]],
          [batch.step, batch.epoch, [...batch.labels]],
        );
        for (const values of valuesOf(bytes.images, shape))
          assert.deepEqual(values, Float32Array.from(batch.images));
      }
      assert.equal(found.take(), null);
      await Promise.all([expected.close(), found.close()]);
      const goesOn = openByteSource({ ...plan, startStep: 3 });
      assert.equal(goesOn.take()?.step, 3);
    }
});

test('an evaluation in bytes has the values of one in values; the last batch counts what there is', () => {
  const part = randomPart(11, [5, 3, 3], 4);
  const indices = Uint32Array.from([10, 3, 3, 0, 7]);
  const statistics = channelStatistics(part, indices);
  const expected = filledBatches(part, indices, 4, statistics);
  const counts: number[] = [];
  for (const { count, images, labels } of evaluationBytes(part, indices, 4, statistics)) {
    const batch = expected.next().value ?? assert.fail();
    counts.push(count);
    assert.deepEqual([...labels.subarray(0, count)], [...batch.labels.subarray(0, count)]);
    const size = count * 45;
    for (const values of valuesOf(images, part.shape))
      assert.deepEqual(values.subarray(0, size), batch.images.subarray(0, size));
  }
  assert.deepEqual(counts, [4, 1]);
});

test('what is turned, cut at another scale or read from a file is not given as bytes', () => {
  const part = randomPart(4, [2, 2, 3], 2);
  const augmented = (augment: Augmentation[]) => recipeSchema.parse({ augment });
  assert.equal(canBeBytes(part, augmented(['crop', 'rotation'])), false);
  assert.equal(canBeBytes(part, augmented(['resized-crop'])), false);
  const inFile = { count: 4, shape: part.shape, labels: part.labels, file: 'training.bin', at: 0 };
  assert.equal(canBeBytes(inFile, augmented([])), false);
});

test('bytes, variations and a table that do not belong together are refused', () => {
  const attrs = ['height', 'width', 'channels'].map((name) => attributes.integer(name, 3));
  const numbers = (count: number) => ({ shape: [count], values: new Int32Array(count) });
  const table = { shape: [768], values: new Float32Array(768) };
  for (const [inputs, message] of [
    [[numbers(8), numbers(7), table], /bytes are of another size/],
    [[numbers(14), numbers(7), table], /not one variation for each image/],
    [[numbers(7), numbers(7), { ...table, shape: [256], values: new Float32Array(256) }], /other channels/],
  ] as const)
    assert.throws(() => execute('KindlingImages', attrs, inputs, 1), message);
});
