import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as tar from 'tar';
import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import { openBatchSource } from '../../../src-main/datasets/batch-source.ts';
import type { ImagePart } from '../../../src-main/datasets/dataset.ts';
import { evaluationBatches } from '../../../src-main/datasets/evaluation-batches.ts';
import { openImages } from '../../../src-main/datasets/image-reader.ts';
import { PICTURES_FILE, PICTURES_INDEX, recordOf } from '../../../src-main/datasets/kept-pictures.ts';
import { channelStatistics } from '../../../src-main/datasets/normalization.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import { readPart } from '../../../src-main/datasets/part-file.ts';
import { beginContentHash } from '../../../src-main/datasets/content-hash.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { inMemory } from './in-memory.ts';
import { noise } from './noise-dataset.ts';
import { smallContent } from './small-content.ts';
import { temporaryFolder } from './temporary-folder.ts';

const recipe = recipeSchema.parse({ batch: 4, epochs: 2, augment: ['resized-crop', 'flip'] });

function batchesOf(folder: string, augment = recipe.augment) {
  const dataset = openDataset(folder);
  const part = dataset.readTraining();
  const indices = Uint32Array.from({ length: part.count }, (_, index) => index);
  const statistics = channelStatistics(part, indices);
  const plan = { part, indices, statistics, pictures: dataset.openPictures(), seed: 1 };
  return openBatchSource({ ...plan, recipe: { ...recipe, augment } });
}

async function imagesOf(folder: string, augment = recipe.augment): Promise<number[][]> {
  const source = batchesOf(folder, augment);
  const found: number[][] = [];
  for (let batch = source.take(); batch !== null; batch = source.take()) found.push([...batch.images]);
  await source.close();
  return found;
}

test('the files of the training images are kept as they are, and crops are cut from them', async (context) => {
  const { folder, from, description } = await noise(context);
  assert.match(description.pictures ?? '', /^[0-9a-f]{64}$/);
  const dataset = openDataset(folder);
  dataset.verify();
  const pictures = dataset.openPictures();
  assert.ok(pictures);
  const content = fs.readFileSync(path.join(folder, PICTURES_FILE));
  const { at, bytes, width, height } = recordOf(pictures, 7);
  assert.deepEqual([width, height], [23, 37]);
  assert.deepEqual(content.subarray(at, at + bytes), fs.readFileSync(path.join(from, 'train', 'b', '1.png')));
  const crops = await imagesOf(folder);
  assert.equal(crops.length, 6);
  assert.deepEqual(crops, await imagesOf(folder), 'the same seed gives the same bits');
  assert.notDeepEqual(crops[0], crops[3], 'another epoch, other crops');
  assert.notDeepEqual(crops, await imagesOf(folder, ['flip']));
});

test('without kept pictures a crop is cut from the image', async (context) => {
  const { root, from, dataRoot, folder, description } = await noise(context);
  const plain = await addDataset('plain', { dataRoot, from, options: { size: 16 } });
  assert.equal(plain.pictures, null);
  assert.notEqual(plain.hash, description.hash, 'other pictures to train on make another data set');
  const crops = await imagesOf(path.join(dataRoot, 'plain'));
  assert.equal(crops.length, 6);
  assert.notDeepEqual(crops, await imagesOf(folder));
  assert.deepEqual(await imagesOf(path.join(dataRoot, 'plain'), ['flip']), await imagesOf(folder, ['flip']));
  assert.ok(fs.existsSync(root));
});

test('an archive gives the same data set as the folder', async (context) => {
  const { root, from, dataRoot, options, description } = await noise(context);
  const archive = path.join(root, 'noise.tar.gz');
  await tar.create({ file: archive, cwd: from, gzip: true }, ['train', 'test']);
  const archived = await addDataset('archived', { dataRoot, from: archive, options });
  const read = (name: string, file: string): Buffer => fs.readFileSync(path.join(dataRoot, name, file));
  assert.deepEqual(read('archived', PICTURES_FILE).length, read('noise', PICTURES_FILE).length);
  assert.deepEqual(
    await imagesOf(path.join(dataRoot, 'archived')),
    await imagesOf(path.join(dataRoot, 'noise')),
  );
  assert.equal(archived.trainingCount, description.trainingCount);
});

test('a picture that has changed is named when it is read, and by the check', async (context) => {
  const { folder } = await noise(context);
  const file = path.join(folder, PICTURES_FILE);
  const content = fs.readFileSync(file);
  content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
  fs.writeFileSync(file, content);
  const named =
    /noise .*damaged.*the picture of training image 11 has changed|training image 11 has changed/s;
  assert.throws(() => openDataset(folder).verify(), named);
  const source = batchesOf(folder);
  assert.throws(() => {
    while (source.take() !== null);
  }, named);
  await source.close();
});

test('a damaged index, and a file of pictures of another length', async (context) => {
  const { folder } = await noise(context);
  const index = path.join(folder, PICTURES_INDEX);
  const whole = fs.readFileSync(index);
  const refused = (message: RegExp): void => {
    assert.throws(() => openDataset(folder).openPictures(), message);
  };
  fs.writeFileSync(index, whole.subarray(1));
  refused(/pictures\.index has 623 bytes, not 624/);
  fs.writeFileSync(index, Buffer.from(whole).fill(0, 0, 1).fill(1, 1, 2));
  refused(/pictures\.index has changed/);
  fs.rmSync(index);
  refused(/pictures\.index is missing/);
  fs.writeFileSync(index, whole);
  fs.appendFileSync(path.join(folder, PICTURES_FILE), 'x');
  refused(/pictures\.bin has \d+ bytes, not \d+/);
});

test('options that make no sense with kept pictures are refused', async (context) => {
  const { from, dataRoot } = await noise(context);
  const add = (options: object): Promise<unknown> => addDataset('other', { dataRoot, from, options });
  await assert.rejects(add({ keepPictures: true }), /--keep-pictures: also give --size/);
  await assert.rejects(
    add({ keepPictures: true, size: 8, stretch: true }),
    /--keep-pictures: not with --stretch/,
  );
});

test('images that stay in their file are the ones in memory', (context) => {
  const folder = temporaryFolder(context);
  const description = writePrepared(folder, 'small', smallContent());
  const read = (limit: number): ImagePart => {
    const part = { folder: path.join(folder, 'small'), name: 'training', description } as const;
    return readPart(part, beginContentHash(description), limit);
  };
  const [kept, stored] = [inMemory(read(1e9)), read(0)];
  assert.ok(!('images' in stored));
  const reader = openImages(stored);
  for (const index of [3, 0, 29])
    assert.deepEqual([...reader.at(index)], [...kept.images.subarray(index * 60, index * 60 + 60)]);
  reader.close();
  assert.deepEqual(stored.labels, kept.labels);
  const indices = Uint32Array.of(4, 9, 2, 28, 17);
  const statistics = channelStatistics(kept, indices);
  assert.deepEqual(channelStatistics(stored, indices), statistics);
  const evaluated = (part: ImagePart): number[] =>
    [...evaluationBatches(part, indices, 2, statistics)].flatMap(({ images }) => [...images]);
  assert.deepEqual(evaluated(stored), evaluated(kept));
  const trained = (part: ImagePart): number[] => {
    const plan = { part, pictures: null, indices, statistics, seed: 3 };
    const source = openBatchSource({ ...plan, recipe: { ...recipe, batch: 5 } });
    return [...(source.take()?.images ?? [])];
  };
  assert.deepEqual(trained(stored), trained(kept));
});
