import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import type { DatasetDescription } from '../../../src-main/datasets/dataset.ts';
import { describeDataset } from '../../../src-main/datasets/describe-dataset.ts';
import { listDatasets } from '../../../src-main/datasets/list-datasets.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { writeClasses } from './picture-files.ts';
import { smallContent } from './small-content.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A folder of pictures, and what is said when it is added. */
function source(context: TestContext): {
  readonly from: string;
  readonly dataRoot: string;
  readonly add: () => Promise<DatasetDescription>;
} {
  const root = temporaryFolder(context);
  const [from, dataRoot] = [path.join(root, 'pictures'), path.join(root, 'data')];
  return { from, dataRoot, add: () => addDataset('mine', { dataRoot, from }) };
}

function warningsOf({ remarks }: Pick<DatasetDescription, 'remarks'>): string[] {
  return remarks.filter(({ level }) => level === 'warning').map(({ text }) => text);
}

function copy(from: string, to: string): void {
  fs.cpSync(from, to, { recursive: true });
}

test('test images that were trained on are counted and named, and kept with the data set', async (context) => {
  const { from, dataRoot, add } = source(context);
  await writeClasses(path.join(from, 'train'), ['a', 'b'], 5);
  copy(path.join(from, 'train', 'a'), path.join(from, 'test', 'a'));
  await writeClasses(path.join(from, 'test'), ['b'], 3, { color: [1, 2, 3] });
  fs.copyFileSync(path.join(from, 'train/b/4.png'), path.join(from, 'test/b/again.png'));
  const said = [
    '6 of 9 test images are also in the training part, pixel for pixel (e.g. train/a/0.png and test/a/0.png): test accuracy includes memorized images.',
  ];
  assert.deepEqual(warningsOf(await add()), said);
  assert.deepEqual(warningsOf(openDataset(path.join(dataRoot, 'mine')).description), said);
  const listed = listDatasets(dataRoot).find(({ name }) => name === 'mine');
  assert.deepEqual(warningsOf(listed ?? { remarks: [] }), said);
});

test('a picture in two classes is counted and named', async (context) => {
  const { from, add } = source(context);
  await writeClasses(from, ['cats', 'dogs'], 5);
  fs.copyFileSync(path.join(from, 'cats/0.png'), path.join(from, 'dogs/same.png'));
  const said = warningsOf(await add()).join('\n');
  assert.match(said, /1 image occurs in more than one class \(e\.g\. cats\/0\.png and dogs\/same\.png\)/);
});

test('classes without test pictures are counted and named', async (context) => {
  const { from, add } = source(context);
  await writeClasses(path.join(from, 'train'), ['a', 'b', 'c', 'd'], 3);
  await writeClasses(path.join(from, 'test'), ['x', 'b', 'y', 'd'], 3, { color: [9, 9, 8] });
  for (const name of ['x', 'y']) fs.rmSync(path.join(from, 'test', name), { recursive: true });
  const said = warningsOf(await add()).join('\n');
  assert.match(said, /2 classes have no test images \(a, c\): test accuracy says nothing about them\./);
});

test('how many images a class has is kept, and imbalance told with what it does to accuracy', async (context) => {
  const { from, dataRoot, add } = source(context);
  await writeClasses(from, ['common', 'rare'], 5);
  const even = await add();
  assert.deepEqual(even.classCounts, { training: [4, 4], test: [1, 1] });
  assert.deepEqual(even.remarks.at(-1), { level: 'note', text: '4 training images of each class.' });
  await writeClasses(from, ['common'], 25);
  const uneven = await add();
  assert.deepEqual(uneven.classCounts, { training: [20, 4], test: [5, 1] });
  assert.match(
    warningsOf(uneven).join('\n'),
    /Classes have from 4 \(rare\) to 20 \(common\) training images: always predicting common is correct for 83\.3\u00a0% of the test images/,
  );
  const { classCounts } = listDatasets(dataRoot).find(({ name }) => name === 'mine') ?? {};
  assert.deepEqual(classCounts, uneven.classCounts);
  const shapes = describeDataset('shapes', dataRoot);
  assert.deepEqual(shapes.classCounts?.training, new Array(10).fill(400));
});

test('a data set that was added before any of this was kept opens as it did', (context) => {
  const root = temporaryFolder(context);
  const { classCounts, options, remarks, ...before } = writePrepared(root, 'old', smallContent());
  assert.deepEqual([classCounts?.training, options, remarks], [[10, 10, 10], {}, []]);
  fs.writeFileSync(path.join(root, 'old', 'dataset.json'), JSON.stringify({ format: 1, ...before }));
  const dataset = openDataset(path.join(root, 'old'));
  dataset.verify();
  assert.deepEqual(dataset.description, { ...before, classCounts: null, options: {}, remarks: [] });
});

test('a prepared folder holds three files and nothing else', async (context) => {
  const { from, dataRoot, add } = source(context);
  await writeClasses(from, ['a', 'b'], 2);
  await add();
  assert.deepEqual(fs.readdirSync(path.join(dataRoot, 'mine')), ['dataset.json', 'test.bin', 'training.bin']);
});
