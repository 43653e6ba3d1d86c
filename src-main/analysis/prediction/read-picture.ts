import { readFile } from 'node:fs/promises';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { orUnreadable, Unreadable } from '../../datasets/import/broken-pictures.ts';
import { FORMATS } from '../../datasets/import/picture-signature.ts';
import { decodeInput, type DecodedInput, type InputSize } from '../../datasets/inputs/decode-input.ts';

/** A file whose content is read when it is decoded. */
export interface PictureSource {
  /** For messages. */
  readonly name: string;
  readonly content: () => Buffer | Promise<Buffer>;
}

/**
 * A picture as a network takes it.
 * @throws Problem `data-invalid` if it is none that can be decoded
 */
export async function decodePicture(
  { name, content }: PictureSource,
  size: InputSize,
): Promise<DecodedInput> {
  const read = await orUnreadable(async () => decodeInput(await content(), size));
  if (!(read instanceof Unreadable)) return read;
  throw new Problem(
    'data-invalid',
    `The image ${name} cannot be read (${read.message}); formats are ${FORMATS}.`,
    { cause: read },
  );
}

/**
 * The bytes of a picture in a file as a network takes it.
 * @returns [height, width, channels]: red, green, blue, or grey for an input of one channel
 * @throws Problem `data-invalid` if the file is no picture that can be decoded
 */
export async function readPicture(
  file: string,
  { input, shortSide }: { readonly input: Shape; readonly shortSide: number },
): Promise<Uint8Array> {
  const source = { name: file, content: () => readFile(file) };
  return (await decodePicture(source, { shape: input, shortSide })).pixels;
}
