/** Draws the application's icons from resources/icons/icon.svg: `node scripts/draw-icons.ts` on Node 24. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

const folder = path.join(import.meta.dirname, '..', 'resources', 'icons');
const source = path.join(folder, 'icon.svg');
/** Linux has one file per size; electron-builder makes those of macOS and Windows from the largest. */
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const LARGEST = 1024;

mkdirSync(path.join(folder, 'linux'), { recursive: true });
for (const size of SIZES) await draw(size, path.join('linux', `${size}x${size}.png`));
await draw(LARGEST, 'icon.png');

async function draw(size: number, name: string): Promise<void> {
  await sharp(source, { density: 144 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(path.join(folder, name));
}
