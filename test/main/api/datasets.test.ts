import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import sharp from 'sharp';
import { dataFolder } from '../../../src-main/home.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { smallContent } from '../datasets/small-content.ts';
import { scriptedApplication } from './scripted-application.ts';
import { taskEnd } from './task-end.ts';

test('images of a class and a part are shown exactly, some at a time', async (context) => {
  const { application, home } = scriptedApplication(context);
  const content = smallContent();
  writePrepared(dataFolder(home), 'small', content);
  const wanted = { part: 'training', label: 1, from: 1, count: 4 } as const;
  const { total, images: shown } = await application.request('datasets.images', { name: 'small', wanted });
  const { images, labels } = content.training;
  const second = labels.indexOf(1, labels.indexOf(1) + 1);
  assert.deepEqual([total, shown.length, shown[0]?.image, shown[0]?.label], [10, 4, second, 1]);
  const decoded = await sharp(shown[0]?.bytes).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([decoded.info.height, decoded.info.width], [4, 5]);
  assert.deepEqual([...decoded.data], [...images.subarray(second * 60, (second + 1) * 60)]);
});

const FIRST = { part: 'training', label: null, from: 0, count: 1 } as const;

test('the built-in data set is made to be shown, while the application goes on', async (context) => {
  const { application, home } = scriptedApplication(context);
  const showing = application.request('datasets.images', { name: 'shapes', wanted: FIRST });
  const description = join(dataFolder(home), 'shapes', 'dataset.json');
  await setImmediate();
  assert.equal(existsSync(description), false);
  const { total, images } = await showing;
  assert.equal(existsSync(description), true);
  const metadata = await sharp(images[0]?.bytes).metadata();
  assert.deepEqual([total, metadata.format, metadata.width, metadata.channels], [4000, 'png', 32, 3]);
  await assert.rejects(application.request('datasets.images', { name: 'cifar10', wanted: FIRST }), {
    code: 'data-missing',
  });
});

test('an addition that is cancelled ends soon and leaves nothing', async (context) => {
  const here = scriptedApplication(context);
  const { application, home } = here;
  const folder = join(home, 'pictures');
  const picture = await sharp({ create: { width: 2000, height: 2000, channels: 3, background: '#a03020' } })
    .jpeg()
    .toBuffer();
  for (const name of ['cat', 'dog']) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let index = 0; index < 500; index++) writeFileSync(join(folder, name, `${index}.jpg`), picture);
  }
  const task = await application.request('datasets.add', {
    name: 'pets',
    from: folder,
    options: { size: 4 },
  });
  await here.event((event) => event.type === 'task' && /^reading/.test(event.task.phase));
  await application.request('tasks.cancel', { task: task.id });
  const end = await taskEnd(here, task);
  assert.deepEqual([end.state, end.message], ['cancelled', 'cancelled; nothing was changed.']);
  assert.equal(existsSync(join(dataFolder(home), 'pets')), false);
});

test('pictures of a folder become a data set by a task', async (context) => {
  const here = scriptedApplication(context);
  const { application, home } = here;
  const folder = join(home, 'pictures');
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a03020' } })
    .png()
    .toBuffer();
  for (const name of ['cat', 'dog']) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let index = 0; index < 10; index++)
      writeFileSync(join(folder, name, `${name}${index}.png`), picture);
  }
  const task = await application.request('datasets.add', {
    name: 'pets',
    from: folder,
    options: { size: 4 },
  });
  assert.equal(task.state, 'running');
  const end = await taskEnd(here, task);
  assert.deepEqual(
    [end.state, end.message],
    ['done', '20 images of 4x4x3 in 2 classes. There are 2 warnings.'],
  );
  assert.deepEqual(await application.request('tasks.list', {}), [end]);
  const listing = (await application.request('datasets.list', {})).find(({ name }) => name === 'pets');
  assert.deepEqual([listing?.state, listing?.classes], ['prepared', ['cat', 'dog']]);
  assert.deepEqual(listing?.options, { size: 4 });
  assert.deepEqual(listing.classCounts, { training: [8, 8], test: [2, 2] });
  const warnings = listing.remarks.filter(({ level }) => level === 'warning').map(({ text }) => text);
  assert.match(
    warnings.join('\n'),
    /4 of 4 test images are also in the training part.*\n1 image occurs in more than one/,
  );
});

test('what cannot be added is answered at once where it can be seen, else by the task', async (context) => {
  const here = scriptedApplication(context);
  const { application, home } = here;
  await assert.rejects(application.request('datasets.add', { name: 'No Name' }), { code: 'usage' });
  await assert.rejects(application.request('datasets.add', { name: 'pets', from: 'pictures' }), {
    code: 'usage',
    message: /"pictures" is not an absolute path on this machine/,
  });
  const missing = await application.request('datasets.add', { name: 'pets', from: join(home, 'nowhere') });
  const end = await taskEnd(here, missing);
  assert.equal(end.state, 'failed');
  assert.match(end.message, /nowhere/);
  assert.equal(
    (await application.request('datasets.list', {})).some(({ name }) => name === 'pets'),
    false,
  );
});
