import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineImages, imagesWay } from '../../../src-main/engine/images-way.ts';

test('images lie on a GPU, are read by a kernel of ours on a CPU, else made by threads; the environment may say otherwise', () => {
  assert.equal(imagesWay(true, false, {}), 'device');
  assert.equal(imagesWay(false, true, {}), 'kernel');
  assert.equal(imagesWay(false, false, {}), 'host');
  assert.equal(imagesWay(true, false, { KINDLING_IMAGES_ON_DEVICE: '0' }), 'host');
  assert.equal(imagesWay(false, true, { KINDLING_IMAGES_ON_DEVICE: '1' }), 'device');
});

test('the installation check says so, and how many steps a call takes', () => {
  const told = (...parameters: Parameters<typeof examineImages>): string =>
    examineImages(...parameters).message;
  assert.equal(
    told(true, false, {}),
    'lie on the device as bytes, of which a step makes values; a call takes up to 64 steps',
  );
  assert.match(told(false, true, {}), /by a kernel of ours; a call takes one step$/);
  assert.match(told(false, false, {}), /^threads make their values/);
  assert.match(told(true, false, { KINDLING_STEPS_A_CALL: '4' }), /up to 4 steps$/);
  const wrong = examineImages(true, false, { KINDLING_STEPS_A_CALL: 'many' });
  assert.equal(wrong.state, 'missing');
  assert.match(wrong.message, /KINDLING_STEPS_A_CALL is many/);
});
