import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import sharp from 'sharp';
import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Two classes of noise of different sizes, six pictures each for training and two for the test. */
async function writeNoise(folder: string): Promise<void> {
  for (const [label, name] of ['a', 'b'].entries())
    for (let index = 0; index < 8; index++) {
      const [width, height] = [20 + 3 * index, 40 - 2 * index - label];
      const pixels = Buffer.from(
        Array.from({ length: width * height * 3 }, (_, at) => (at * (7 + index + 20 * label)) % 251),
      );
      const file = path.join(
        folder,
        index < 6 ? 'train' : 'test',
        name,
        `${index}.${index % 2 ? 'png' : 'jpg'}`,
      );
      fs.mkdirSync(path.dirname(file), { recursive: true });
      await sharp(pixels, { raw: { width, height, channels: 3 } }).toFile(file);
    }
}

/** A data set of such pictures at 16 pixels, which keeps them. */
export async function noise(context: TestContext) {
  const root = temporaryFolder(context);
  const [dataRoot, from] = [path.join(root, 'data'), path.join(root, 'noise')];
  await writeNoise(from);
  const options = { size: 16, keepPictures: true };
  const description = await addDataset('noise', { dataRoot, from, options });
  return { root, dataRoot, from, options, description, folder: path.join(dataRoot, 'noise') };
}
