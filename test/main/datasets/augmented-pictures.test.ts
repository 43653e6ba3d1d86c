import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { augmentedPictures } from '../../../src-main/datasets/augmented-pictures.ts';
import { batchOrder } from '../../../src-main/datasets/batch-plan.ts';
import { type Batch, type BatchSource, openBatchSource } from '../../../src-main/datasets/batch-source.ts';
import { openImages } from '../../../src-main/datasets/image-reader.ts';
import { channelStatistics } from '../../../src-main/datasets/normalization.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import { splitTraining } from '../../../src-main/datasets/split-training.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { type Augmentation, recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { noise } from './noise-dataset.ts';
import { smallContent } from './small-content.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SEED = 7;
const EPOCHS = 2;
const DATA = { validationShare: 0.2, trainingLimit: 0 };

const pixelsOf = async (png: Uint8Array): Promise<number[]> => [...(await sharp(png).raw().toBuffer())];

function* batchesOf(source: BatchSource<Float32Array>): Generator<Batch<Float32Array>> {
  for (let batch = source.take(); batch !== null; batch = source.take()) yield batch;
}

/** All images that are shown, epoch by epoch, and those of a run's batches, by their numbers. */
async function compare(dataRoot: string, name: string, augment: Augmentation[]): Promise<void> {
  const recipe = recipeSchema.parse({ batch: 3, epochs: EPOCHS, augment, cropPadding: 1, cutoutSize: 2 });
  const { cropScale, cropPadding, rotationDegrees, cutoutSize } = recipe;
  const found = await augmentedPictures({
    ...{
      dataRoot,
      name,
      recipe: { augment, cropScale, cropPadding, rotationDegrees, cutoutSize },
      data: DATA,
    },
    ...{ seed: SEED, from: 0, count: 100, draws: EPOCHS, statistics: null },
  });
  const dataset = openDataset(path.join(dataRoot, name));
  const part = dataset.readTraining();
  const split = splitTraining(part, dataset.description.classes.length, DATA.validationShare);
  const statistics = channelStatistics(part, split.training);
  assert.deepEqual(
    [found.total, found.averaged, found.statistics],
    [split.training.length, split.training.length, statistics],
  );
  assert.deepEqual(
    found.images.map(({ image }) => image),
    [...split.training],
  );

  const originals = openImages(part);
  for (const { image, original } of found.images)
    assert.deepEqual(await pixelsOf(original), [...originals.at(image)], `image ${image} as it is`);

  const plan = {
    part,
    pictures: dataset.openPictures(),
    indices: split.training,
    recipe,
    seed: SEED,
    statistics,
  };
  const order = batchOrder(plan);
  const source = openBatchSource(plan);
  const byImage = new Map(found.images.map(({ image, varied }) => [image, varied]));
  let compared = 0;
  for (const batch of batchesOf(source)) {
    const size = batch.images.length / recipe.batch;
    for (const [place, image] of order(batch.step).indices.entries()) {
      const values = batch.images.subarray(place * size, (place + 1) * size);
      const trained = values.map((value, at) =>
        Math.round(255 * (value * (statistics.std[at % 3] ?? 0) + (statistics.mean[at % 3] ?? 0))),
      );
      const shown = byImage.get(image)?.[batch.epoch];
      assert.ok(shown);
      const what = `image ${image} in epoch ${batch.epoch + 1}`;
      assert.deepEqual(await pixelsOf(shown), [...Uint8Array.from(trained)], what);
      compared += 1;
    }
  }
  await source.close();
  assert.equal(compared, EPOCHS * Math.floor(split.training.length / 3) * 3);
}

test('what is shown of an augmentation are the images of the batches of a run, and those they were made of', async (context) => {
  const dataRoot = temporaryFolder(context);
  writePrepared(dataRoot, 'small', smallContent());
  await compare(dataRoot, 'small', ['crop', 'flip', 'rotation', 'cutout']);
  await compare(dataRoot, 'small', ['resized-crop', 'flip']);
  await compare(dataRoot, 'small', []);
});

test('so are crops of kept pictures', async (context) => {
  const { dataRoot } = await noise(context);
  await compare(dataRoot, 'noise', ['resized-crop', 'flip', 'cutout']);
});
