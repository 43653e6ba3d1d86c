import { type AskedPicture, LARGEST_PICTURE } from '../../src-shared/contract/api/pictures.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import { fileContent } from '../connection/file-content.ts';

/** A picture that is shown to networks. */
export interface GivenPicture {
  /** By which it is known among those that are given. */
  readonly key: string;
  readonly name: string;
  readonly asked: AskedPicture;
}

/** Pictures that are looked at together: more are for `kindling predict`. */
export const MOST_PICTURES = 24;

let given = 0;

/**
 * A file that the user dropped or chose. What it holds is found out by the host.
 * @throws Error that names the file, if it is too large or cannot be read
 */
export async function readGiven(file: File): Promise<GivenPicture> {
  const { name, size } = file;
  if (size > LARGEST_PICTURE)
    throw new Error(
      `${name} is too large (${decimalSize(size)}): a picture may have up to ${decimalSize(LARGEST_PICTURE)}. Make it smaller.`,
    );
  const base64 = await fileContent(file, 'picture files');
  given += 1;
  return { key: `${given} ${name}`, name, asked: { kind: 'file', name, base64 } };
}
