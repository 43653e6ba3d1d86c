import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { risingColours, signedColours } from '../../../../src-main/analysis/pictures/colour-map.ts';
import { photograph } from '../../../../src-main/analysis/pictures/photograph.ts';
import { enlarge, plainPicture } from '../../../../src-main/analysis/pictures/picture.ts';
import { pictureFile } from '../../../../src-main/analysis/pictures/picture-file.ts';
import { reach } from '../../../../src-main/analysis/pictures/reach.ts';
import { inRows, tile } from '../../../../src-main/analysis/pictures/tile.ts';
import { normalizationTable } from '../../../../src-main/datasets/normalization.ts';
import { randomStream } from '../../../../src-shared/random.ts';

const RED = plainPicture(1, 2, [255, 0, 0]);
const BLUE = plainPicture(2, 1, [0, 0, 255]);

test('tiles stand in columns and rows with white between them, and the file holds these pixels', async () => {
  const whole = tile([[RED, BLUE], [BLUE]], 1);
  assert.deepEqual([whole.width, whole.height], [5, 4]);
  const file = await pictureFile(whole, {
    layer: { name: 'fire2/squeeze' },
    kind: 'maps',
    title: 'Two colours',
  });
  assert.equal(file.file, 'fire2-squeeze-maps.png');
  const { data, info } = await sharp(file.bytes).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height, info.channels], [5, 4, 3]);
  const letters = Array.from({ length: 20 }, (_, pixel) => {
    const [red = 0, green = 0] = data.subarray(pixel * 3);
    return green === 255 ? '.' : red === 255 ? 'r' : 'b';
  }).join('');
  assert.equal(letters.replaceAll(/.{5}/g, '$& ').trim(), 'r..bb r.... ..... bb...');
});

test('rows are cut and pixels enlarged', () => {
  assert.deepEqual(
    inRows([RED, BLUE, RED], 2).map((row) => row.length),
    [2, 1],
  );
  const large = enlarge({ width: 2, height: 1, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) }, 2);
  assert.deepEqual([large.width, large.height], [4, 2]);
  assert.deepEqual([...large.pixels.subarray(12)], [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]);
});

test('colours rise in lightness, and signed ones are white at zero and as dark on either side', () => {
  const { pixels } = risingColours([-1, 0, 1, 2, 3, 4, 9], 7, [0, 4]);
  const lightness = Array.from({ length: 7 }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(i * 3);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  assert.equal(lightness[0], lightness[1]);
  assert.equal(lightness[5], lightness[6]);
  for (let i = 1; i < 5; i++) assert.ok((lightness[i] ?? 0) < (lightness[i + 1] ?? 0));
  assert.deepEqual(
    [...signedColours([-2, 0, 2], 3, 2).pixels],
    [0xd5, 0x5e, 0x00, 255, 255, 255, 0x00, 0x72, 0xb2],
  );
});

test('a normalised image is drawn with the bytes that it was made of', () => {
  const statistics = { mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.25] };
  const table = normalizationTable(statistics);
  const bytes = Uint8Array.from({ length: 12 }, (_, i) => (i * 71) % 256);
  const values = Float32Array.from(bytes, (byte, i) => table[(i % 3) * 256 + byte] ?? NaN);
  assert.deepEqual(photograph(values, [2, 2, 3], statistics).pixels, bytes);
  const grey = photograph([0, 1], [1, 2, 1], { mean: [0.5], std: [0.5] });
  assert.deepEqual([...grey.pixels], [128, 128, 128, 255, 255, 255]);
});

test('the reach of values is what a sorted list has in that place, without zeros if they are left out', () => {
  const stream = randomStream(1, 'sizes');
  const values = Float32Array.from({ length: 3000 }, (_, at) =>
    at % 3 === 0 ? -0 : stream.normal() * 10 ** ((at % 50) - 25),
  );
  values.set([0, 1e-45, -1e-45, 2, -2, 2], 100);
  const parts = [values.subarray(0, 7), values.subarray(7)];
  const sorted = values.map(Math.abs).sort();
  const above = sorted.filter((value) => value > 0);
  for (const share of [0, 0.3, 0.5, 0.995, 1]) {
    assert.equal(reach(parts, share), sorted[Math.ceil(share * (sorted.length - 1))]);
    assert.equal(reach(parts, share, 'left out'), above[Math.ceil(share * (above.length - 1))]);
  }
  assert.equal(reach([], 0.5), 0);
  assert.equal(reach([new Float32Array(4)], 0.5, 'left out'), 0);
});
