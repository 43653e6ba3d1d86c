import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelMaps } from '../../../../src-main/analysis/methods/feature-maps/channel-maps.ts';
import {
  colourFilters,
  kernelPicture,
} from '../../../../src-main/analysis/methods/filters/kernel-picture.ts';
import type { Picture } from '../../../../src-main/analysis/pictures/picture.ts';

function pixel({ width, pixels }: Picture, x: number, y: number): number[] {
  return [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

test('each channel has its own map, and all have one scale', () => {
  const output = Float32Array.of(0, 4, 0, 2, 0, 0, 0, 0);
  const { blocks, range } = channelMaps([output], [2, 2, 2], 64);
  const [block] = blocks;
  assert.ok(block);
  assert.deepEqual([block.width, block.height], [2 * 24 + 2, 24]);
  const [dark, light, middle] = [pixel(block, 0, 0), pixel(block, 26, 0), pixel(block, 26 + 12, 0)];
  assert.ok((dark[0] ?? 0) < (middle[0] ?? 0) && (middle[0] ?? 0) < (light[0] ?? 0));
  assert.match(range, /dark: 0/);
  assert.match(channelMaps([Float32Array.of(-1, 1)], [1, 2, 1], 1).range, /vermilion: -.* and below/);
});

test('a kernel is drawn filter by filter and input by input, with its taps in place', () => {
  const values = new Float32Array(2 * 2 * 3 * 2);
  // the tap at the bottom left, of the third input, for the second filter
  values[(2 * 3 + 2) * 2 + 1] = 1;
  const picture = kernelPicture({ height: 2, width: 2, inputs: 3, filters: 2, values }, 1, 32);
  const slice = 10;
  assert.deepEqual([picture.width, picture.height], [3 * slice + 4, 2 * slice + 2]);
  const blue = [0x00, 0x72, 0xb2];
  const white = [255, 255, 255];
  assert.deepEqual(pixel(picture, 2 * (slice + 2), slice + 2 + 5), blue);
  assert.deepEqual(pixel(picture, 2 * (slice + 2) + 5, slice + 2 + 5), white);
  assert.deepEqual(pixel(picture, 2 * (slice + 2), 5), white);
});

test('filters of an image have its colours about grey', () => {
  const [first, second] = colourFilters({
    height: 1,
    width: 1,
    inputs: 3,
    filters: 2,
    values: [2, 0, 0, 0, -2, 0],
  });
  assert.ok(first && second);
  assert.deepEqual(pixel(first, 0, 0), [255, 128, 0]);
  assert.deepEqual(pixel(second, 0, 0), [128, 128, 128]);
});
