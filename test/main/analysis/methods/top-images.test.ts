import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { classNamed } from '../../../../src-main/analysis/class-named.ts';
import { imagesOfClass } from '../../../../src-main/analysis/evaluation-set.ts';
import { rowGradients } from '../../../../src-main/analysis/methods/top-images/channel-row.ts';
import { topImagesMethod } from '../../../../src-main/analysis/methods/top-images/index.ts';
import { runMethod } from '../../../../src-main/analysis/methods/registry.ts';
import { fitTo } from '../../../../src-main/analysis/pictures/fit-to.ts';
import { plainPicture } from '../../../../src-main/analysis/pictures/picture.ts';
import { findStrongest } from '../../../../src-main/analysis/pictures/find-strongest.ts';
import { gradientPass } from '../../../../src-main/analysis/pictures/explanation-pass.ts';
import { CONTROL, smallSubject } from '../small-subject.ts';
import { SIDE, twoChannelNetwork } from '../pictures/two-channel-network.ts';

const { graph, weights } = twoChannelNetwork();
/** Images of noise, with one bright pixel of the colour that the channel of the class hands on. */
const subject = smallSubject(graph, weights, (pixels, label) => {
  pixels[(3 * SIDE + 5) * 3 + label] = 20 + (pixels[0] ?? 0);
});

test('of one class: the channels that respond most, each with its images beside their gradients', async () => {
  const asked = { class: 'Class_1', images: 40, channels: 10, top: 9, layers: 'conv' };
  const { results, files } = await runMethod(topImagesMethod, subject, asked, CONTROL);
  assert.deepEqual(results, []);
  assert.deepEqual(
    files.map(({ file }) => file),
    ['conv-patches.png', 'conv-images.png'],
  );
  for (const { title } of files) {
    assert.match(title, /2 of 2 channels whose 9 strongest responses to images of the class class 1 /);
    assert.match(title, /in this order: 1, 0 \(counted from 0\)/);
    assert.match(title, /the strongest of 20 test images of the class first[.;]/);
    assert.match(title, /fails the randomization test/);
  }
  // a 1x1 convolution sees one pixel, drawn with 32; nine of them, and nine gradients
  const [patches, whole] = await Promise.all(files.map(({ bytes }) => sharp(bytes).metadata()));
  const block = 9 * 32 + 8 * 4;
  assert.deepEqual([patches?.width, patches?.height], [2 * block + 16, 2 * 32 + 4]);
  assert.deepEqual([whole?.width, whole?.height], [2 * block + 16, 2 * 32 + 4]);
});

test('where a class has fewer images, or its channels are dead, the caption says so', async () => {
  const titleOf = async (given: object, ofWeights = weights): Promise<string> => {
    const looked = smallSubject(graph, ofWeights);
    const asked = { class: '0', images: 20, layers: 'conv', ...given };
    return (await runMethod(topImagesMethod, looked, asked, CONTROL)).files[0]?.title ?? '';
  };
  assert.match(await titleOf({ top: 12 }), /10 test images of the class first, which are fewer than the 12/);
  const dead = new Map(weights).set('conv/kernel', new Float32Array(6));
  assert.match(await titleOf({}, dead), /none of the 2 channels is above 0 on an image of the class class 0/);
  await assert.rejects(titleOf({ class: 'class 2' }), {
    code: 'not-found',
    message: /no class "class 2" \(did you mean "class 0"\?\); there are class 0 \(0\), class 1 \(1\):/,
  });
});

test('a class is known by its name, then by the number that the network has it under', () => {
  const imported = { classes: ['tabby', '7', 'sports car'], classNumbers: [281, 5, 7] };
  const found = ['Sports-Car', '281', '7', ' 5 '].map((each) => classNamed(imported, each));
  assert.deepEqual(found, [2, 0, 1, 1]);
  const many = Array.from({ length: 1000 }, (_, index) => `kind ${index}`);
  assert.throws(() => classNamed({ classes: many, classNumbers: [...many.keys()] }, 'x'), {
    message: /kind 19 \(19\) and 980 more/,
  });
});

test('the gradients of a row are of its channel, at its images', async () => {
  const set = imagesOfClass(subject.evaluationSet(100), 1);
  assert.deepEqual([set.count, [...new Set(set.labels)]], [50, [1]]);
  const all = subject.evaluationSet(100);
  assert.deepEqual(set.images(3, 4), all.images(7, 8));
  const layers = subject.layers.filter(({ name }) => name === 'conv');
  const wanted = { weights, set, layers, top: 20, step: CONTROL.pause };
  const strongest = (await findStrongest(subject, wanted)).get('conv');
  assert.deepEqual(strongest?.strongestChannels(1), [1]);
  const pass = gradientPass(subject, { layer: 'conv', guided: true, images: 40 });
  pass.writeWeights(weights);
  for (const channel of [1, 0]) {
    const images = strongest.of(channel);
    assert.equal(images.length, 20);
    const gradients = await rowGradients({ channel, images }, { set, pass }, CONTROL.pause);
    assert.equal(gradients.length, images.length);
    for (const [at, gradient] of gradients.entries()) {
      const image = images[at]?.image ?? NaN;
      const pixels = set.images(image, image + 1);
      // each unit that is on hands on one colour
      const expected = pixels.map((value, place) => (place % 3 === channel && value > 0 ? 1 : 0));
      assert.deepEqual(gradient, expected);
    }
  }
  pass.close();
});

test('pictures of a grid are neither too small to see nor larger than need be', async () => {
  const sizes = [8, 32, 40, 227].map(async (side) => {
    const { width, height, pixels } = await fitTo(plainPicture(side, 2 * side, [9, 8, 7]), 32, 96);
    assert.equal(pixels.length, width * height * 3);
    assert.deepEqual([...pixels.subarray(0, 3)], [9, 8, 7]);
    return [width, height];
  });
  assert.deepEqual(await Promise.all(sizes), [
    [32, 64],
    [32, 64],
    [40, 80],
    [96, 192],
  ]);
});
