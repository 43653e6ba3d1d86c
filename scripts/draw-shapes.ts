/** Draws docs/pictures/shapes.png: a row of ten images for each class of the built-in data set. */
import path from 'node:path';
import sharp from 'sharp';
import { generateShapes } from '../src-main/datasets/shapes/generate.ts';

const COLUMNS = 10;
const SCALE = 2;
const GAP = 2;

const { classes, training } = generateShapes();
const [height, width, channels] = training.shape;
const cell = { width: width + GAP, height: height + GAP };
const canvas = { width: COLUMNS * cell.width + GAP, height: classes.length * cell.height + GAP };
const pixels = Buffer.alloc(canvas.width * canvas.height * channels, 255);
for (let row = 0; row < classes.length; row++) {
  for (let column = 0; column < COLUMNS; column++) {
    // Labels go round the classes.
    const image = (column * classes.length + row) * height * width * channels;
    for (let y = 0; y < height; y++) {
      const from = image + y * width * channels;
      const place = (row * cell.height + GAP + y) * canvas.width + column * cell.width + GAP;
      pixels.set(training.images.subarray(from, from + width * channels), place * channels);
    }
  }
}
const file = path.join(import.meta.dirname, '..', 'docs', 'pictures', 'shapes.png');
await sharp(pixels, { raw: { ...canvas, channels: 3 } })
  .resize(canvas.width * SCALE, canvas.height * SCALE, { kernel: 'nearest' })
  .png({ compressionLevel: 9 })
  .toFile(file);
console.log(file);
