import { readFile } from 'node:fs/promises';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { orUnreadable, Unreadable } from '../../datasets/import/broken-pictures.ts';
import { FORMATS } from '../../datasets/import/picture-signature.ts';
import { decodeInput } from '../../datasets/inputs/decode-input.ts';

/**
 * A picture as a network takes it.
 * @returns bytes [height, width, channels]: red, green, blue, or grey for an input of one channel
 * @throws Problem `data-invalid` if the file is no picture that can be decoded
 */
export async function readPicture(
  file: string,
  { input, shortSide }: { readonly input: Shape; readonly shortSide: number },
): Promise<Uint8Array> {
  const size = { shape: input, shortSide };
  const read = await orUnreadable(async () => decodeInput(await readFile(file), size));
  if (!(read instanceof Unreadable)) return read.pixels;
  throw new Problem(
    'data-invalid',
    `The image ${file} cannot be read (${read.message}); formats are ${FORMATS}.`,
    { cause: read },
  );
}
