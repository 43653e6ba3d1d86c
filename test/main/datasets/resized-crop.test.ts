import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { z } from 'zod';
import { decodeWindow } from '../../../src-main/datasets/decode-window.ts';
import { type CropWindow, drawCropWindow, enlargeWindow } from '../../../src-main/datasets/resized-crop.ts';
import { randomStream } from '../../../src-shared/random.ts';

const windowSchema = z.object({ left: z.int(), top: z.int(), width: z.int(), height: z.int() });
const FIXTURE = z
  .object({
    shape: z.tuple([z.int(), z.int(), z.int()]),
    image: z.array(z.int()),
    cases: z.array(z.object({ window: windowSchema, values: z.array(z.number()) })),
  })
  .parse(
    JSON.parse(fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/resized-crops.json'), 'utf8')),
  );

test('a window of an image is enlarged as PyTorch does it, to the nearest byte', () => {
  const { shape, image, cases } = FIXTURE;
  const output = new Uint8Array(image.length);
  for (const { window, values } of cases) {
    enlargeWindow(Uint8Array.from(image), shape, window, output);
    for (const [at, value] of values.entries())
      assert.ok(Math.abs((output[at] ?? NaN) - value) <= 0.5 + 1e-9, JSON.stringify({ window, at }));
  }
});

test('crops lie in the picture; their areas and forms are those of the definition', () => {
  const stream = randomStream(1, 'crops');
  const picture = { width: 500, height: 375 };
  const area = picture.width * picture.height;
  const windows = Array.from({ length: 4000 }, () => drawCropWindow(0.08, picture, stream));
  for (const { left, top, width, height } of windows) {
    assert.ok(left >= 0 && top >= 0 && left + width <= 500 && top + height <= 375);
    assert.ok(Math.abs(Math.log(width / height)) < Math.log(4 / 3) + 0.03);
  }
  // Large wide or high windows do not fit, so that of all shares only the smaller half is uniform: 0.08 to 0.5.
  const shares = windows.map(({ width, height }) => (width * height) / area).filter((share) => share < 0.5);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  assert.ok(Math.abs(mean - 0.29) < 0.01, `mean share ${mean}`);
  assert.ok(Math.min(...shares) > 0.078);
  const wide = windows.filter(({ width, height }) => width > height).length / windows.length;
  assert.ok(wide > 0.5 && wide < 0.62, `share of wide windows ${wide}`);
});

test('where no window of an allowed form fits, the largest centred one is taken', () => {
  const stream = randomStream(1, 'crops');
  const panorama = drawCropWindow(1, { width: 900, height: 30 }, stream);
  assert.deepEqual(panorama, { left: 430, top: 0, width: 40, height: 30 });
  const tower = drawCropWindow(1, { width: 30, height: 900 }, stream);
  assert.deepEqual(tower, { left: 0, top: 430, width: 30, height: 40 });
  assert.deepEqual(drawCropWindow(1, { width: 1, height: 1 }, stream), {
    left: 0,
    top: 0,
    width: 1,
    height: 1,
  });
});

/** Red rises to the right and green downwards, linearly. */
const ramp = (x: number, y: number): readonly [number, number] => [20 + x / 2, 30 + y / 2];
const [WIDTH, HEIGHT] = [400, 300];

function rampPicture(): Sharp {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let at = 0; at < WIDTH * HEIGHT; at++) pixels.set(ramp(at % WIDTH, Math.floor(at / WIDTH)), at * 3);
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

/** The greatest distance of a decoded window from the ramp, in pixels of the result. */
async function distance(content: Buffer, window: CropWindow, side: number): Promise<number> {
  const task = { width: WIDTH, height: HEIGHT, window, shape: [side, side, 3] as const };
  const found = await decodeWindow(content, task);
  assert.equal(found.length, side * side * 3);
  let most = 0;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [across, down] = [window.width / side, window.height / side];
      const [red, green] = ramp(window.left + (x + 0.5) * across - 0.5, window.top + (y + 0.5) * down - 0.5);
      const at = (y * side + x) * 3;
      // levels become pixels of the picture (two each), and these pixels of the result; a level is for rounding
      const byLevel = (value: number, wanted: number, scale: number): number =>
        (Math.max(0, Math.abs(value - wanted) - 1) * 2) / scale;
      most = Math.max(
        most,
        byLevel(found[at] ?? NaN, red, across),
        byLevel(found[at + 1] ?? NaN, green, down),
      );
    }
  return most;
}

const WINDOWS: readonly CropWindow[] = [
  { left: 0, top: 0, width: 400, height: 300 },
  { left: 100, top: 50, width: 200, height: 220 },
  { left: 317, top: 211, width: 83, height: 89 },
];

test('a window of a picture shows what lies there, to a pixel of the result', async () => {
  const png = await rampPicture().png().toBuffer();
  for (const window of WINDOWS)
    for (const side of [32, 224]) {
      const found = await distance(png, window, side);
      assert.ok(found <= 1, `${JSON.stringify(window)} at ${side}: ${found}`);
    }
});

test('a JPEG file that is decoded at a part of its size shows the same', async () => {
  const jpeg = await rampPicture().jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer();
  for (const window of WINDOWS) {
    const found = await distance(jpeg, window, 32);
    assert.ok(found <= 1.5, `${JSON.stringify(window)}: ${found}`);
  }
});

test('a window is one of the upright picture; grey is one channel', async () => {
  // stored lying: its EXIF orientation turns it by a quarter
  const turned = await rampPicture()
    .rotate(-90)
    .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  assert.equal((await sharp(turned).metadata()).width, HEIGHT);
  for (const window of WINDOWS) assert.ok((await distance(turned, window, 32)) <= 1.5);
  const shape = [8, 8, 1] as const;
  const grey = await sharp({ create: { width: 20, height: 10, channels: 3, background: '#777777' } })
    .png()
    .toBuffer();
  const window = { left: 3, top: 2, width: 6, height: 7 };
  assert.deepEqual(
    [...(await decodeWindow(grey, { width: 20, height: 10, window, shape }))],
    Array(64).fill(0x77),
  );
});
