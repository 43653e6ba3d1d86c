import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import { openDataset, type PreparedDataset } from '../../../src-main/datasets/open-dataset.ts';

/** Of an average photo of ImageNet; blurred noise takes about as many bytes, 80 to 120 kB. */
const [WIDTH, HEIGHT] = [500, 375];

/** Makes JPEG files of two classes and a data set of 224 pixels of them that keeps the pictures, in a folder. */
export async function makePictures(folder: string, count: number): Promise<PreparedDataset> {
  const from = path.join(folder, 'pictures');
  for (let index = 0; index < count; index++) {
    const file = path.join(from, index % 2 === 0 ? 'even' : 'odd', `${index}.jpg`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#808080', noise } })
      .blur(1.2)
      .jpeg({ quality: 90 })
      .toFile(file);
  }
  const dataRoot = path.join(folder, 'data');
  await addDataset('pictures', { dataRoot, from, options: { size: 224, keepPictures: true } });
  return openDataset(path.join(dataRoot, 'pictures'));
}
