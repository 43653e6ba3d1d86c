import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import sharp from 'sharp';
import { z } from 'zod';
import { Unreadable } from '../../../../src-main/datasets/import/broken-pictures.ts';
import { decodeInput } from '../../../../src-main/datasets/inputs/decode-input.ts';

const expected = z
  .array(
    z.object({
      png: z.string(),
      shortSide: z.int(),
      shape: z.tuple([z.int(), z.int(), z.int()]),
      pixels: z.array(z.int()),
    }),
  )
  .parse(
    JSON.parse(
      readFileSync(new URL('../../../fixtures/analysis/torch-pictures.json', import.meta.url), 'utf8'),
    ),
  );

for (const { png, shape, shortSide, pixels } of expected)
  test(`a picture becomes what torchvision makes of it: short side ${shortSide}, ${shape.join('x')}`, async () => {
    const found = await decodeInput(Buffer.from(png, 'base64'), { shape, shortSide });
    assert.equal(found.pixels.length, pixels.length);
    const differences = pixels.map((value, at) => Math.abs(value - (found.pixels[at] ?? NaN)));
    // filters of libvips are positioned to 1/64 pixel and rounded otherwise
    assert.ok(Math.max(...differences) <= 4, `${Math.max(...differences)} levels`);
    assert.ok(differences.reduce((sum, each) => sum + each, 0) / pixels.length < 0.6);
  });

test('grey becomes three equal channels, colours their luma, and a picture that is too small fills the input', async () => {
  const shape = [8, 8, 3] as const;
  const grey = await sharp(Buffer.from([0, 100, 200, 255]), { raw: { width: 2, height: 2, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  const found = await decodeInput(grey, { shape, shortSide: 3 });
  assert.equal(found.isGrey, true);
  assert.equal(found.pixels.length, 192);
  for (let at = 0; at < 192; at += 3) assert.equal(found.pixels[at], found.pixels[at + 2]);
  const red = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  const luma = await decodeInput(red, { shape: [8, 8, 1], shortSide: 8 });
  assert.deepEqual([luma.isGrey, ...new Set(luma.pixels)], [false, 76]);
});

test('what is no whole picture is told as such', async () => {
  const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (at * 7919) % 251);
  const whole = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
    .jpeg()
    .toBuffer();
  const size = { shape: [8, 8, 3], shortSide: 8 } as const;
  await assert.rejects(decodeInput(whole.subarray(0, whole.length / 2), size), Unreadable);
  const refused = async (content: Buffer, message: RegExp): Promise<void> =>
    assert.rejects(decodeInput(content, size), (error: unknown) => {
      assert.ok(error instanceof Unreadable);
      assert.match(error.message, message);
      return true;
    });
  await refused(Buffer.from('no picture'), /^it does not start like an image file$/);
  await refused(Buffer.alloc(0), /^it is empty$/);
  const heic = '\0\0\0\x18ftypheic\0\0\0\0mif1heic';
  await refused(Buffer.from(heic), /^it is a HEIC picture$/);
  // a drawing has no pixels of its own
  await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), /start like/);
});
