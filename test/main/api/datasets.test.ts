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

test('a preview has the first pictures of each class, exactly, and the counts of both parts', async (context) => {
  const { application, home } = scriptedApplication(context);
  const content = smallContent();
  writePrepared(dataFolder(home), 'small', content);
  const { classes } = await application.request('datasets.preview', { name: 'small', perClass: 4 });
  assert.deepEqual(
    classes.map(({ name, training, test: tested, pictures }) => [name, training, tested, pictures.length]),
    [
      ['a', 10, 3, 4],
      ['b', 10, 3, 4],
      ['c', 10, 3, 4],
    ],
  );
  const { images, labels } = content.training;
  const second = labels.indexOf(1, labels.indexOf(1) + 1);
  const decoded = await sharp(classes[1]?.pictures[1]).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([decoded.info.height, decoded.info.width], [4, 5]);
  assert.deepEqual([...decoded.data], [...images.subarray(second * 60, (second + 1) * 60)]);
});

test('the built-in data set is made for its preview; one that is not there is a problem', async (context) => {
  const { application } = scriptedApplication(context);
  const { classes } = await application.request('datasets.preview', { name: 'shapes', perClass: 1 });
  assert.deepEqual([classes.length, classes[0]?.training, classes[0]?.test], [10, 400, 100]);
  const metadata = await sharp(classes[0]?.pictures[0]).metadata();
  assert.deepEqual([metadata.format, metadata.width, metadata.channels], ['png', 32, 3]);
  await assert.rejects(application.request('datasets.preview', { name: 'cifar10', perClass: 1 }), {
    code: 'data-missing',
  });
});

test('the application goes on while the built-in data set is made', async (context) => {
  const { application, home } = scriptedApplication(context);
  const preview = application.request('datasets.preview', { name: 'shapes', perClass: 1 });
  const description = join(dataFolder(home), 'shapes', 'dataset.json');
  await setImmediate();
  assert.equal(existsSync(description), false);
  await preview;
  assert.equal(existsSync(description), true);
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
