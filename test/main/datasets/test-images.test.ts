import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { testImage } from '../../../src-main/analysis/prediction/test-image.ts';
import { testImages, testImagesInThread } from '../../../src-main/datasets/test-images.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { temporaryFolder } from '../store/sample-study.ts';
import { smallContent } from './small-content.ts';

test('the very images that were tested on are found by their hash, and others are refused', async (context) => {
  const root = temporaryFolder(context);
  const roots = [root, join(root, 'none')];
  const content = smallContent();
  const { hash } = writePrepared(root, 'flowers', content);
  const data = { name: 'flowers', hash };
  renameSync(join(root, 'flowers'), join(root, 'roses'));
  // what others have in that folder is passed over
  writeFileSync(join(root, 'notes.txt'), '');
  const [, last] = await testImagesInThread({ roots, data, images: [0, 8] });
  assert.ok(last?.file === null);
  const { data: pixels, info } = await sharp(last.bytes).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.height, info.width, info.channels], [4, 5, 3]);
  assert.deepEqual(new Uint8Array(pixels), content.test.images.slice(8 * 60, 9 * 60));
  const place = { name: 'flowers', folder: join(root, 'roses'), image: 8 };
  assert.deepEqual(testImage(place, [4, 5, 3]), content.test.images.slice(8 * 60, 9 * 60));
  assert.throws(() => testImage(place, [4, 5, 1]), {
    code: 'usage',
    message: 'The images of flowers are 4x5x3, the network takes 4x5x1.',
  });
  await assert.rejects(testImages({ roots, data, images: [9] }), {
    code: 'not-found',
    message: /no test image 9: flowers has 9/,
  });

  writePrepared(root, 'roses', { ...content, classes: ['a', 'b', 'd'] });
  await assert.rejects(testImages({ roots, data, images: [0] }), {
    code: 'data-missing',
    message: /data set flowers is no longer there, or is not the one that was tested on/,
  });
  const pictures = { name: '/home/me/flowers', hash };
  await assert.rejects(testImages({ roots, data: pictures, images: [0] }), {
    code: 'data-missing',
    message: /decoded pictures of \/home\/me\/flowers are no longer kept/,
  });
});
