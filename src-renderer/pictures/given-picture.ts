import { type AskedPicture, LARGEST_PICTURE } from '../../src-shared/contract/api/pictures.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import { messageOf } from '../connection/request.ts';

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
      `${name} is too large (${decimalSize(size)}): a picture may have up to ${decimalSize(LARGEST_PICTURE)}. Make it smaller, or use kindling predict.`,
    );
  const base64 = await contentOf(file);
  given += 1;
  return { key: `${given} ${name}`, name, asked: { kind: 'file', name, base64 } };
}

/** In base64. */
async function contentOf(file: File): Promise<string> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const pieces: string[] = [];
    // as many as a call takes arguments
    for (let at = 0; at < bytes.length; at += 8192)
      pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
    return btoa(pieces.join(''));
  } catch (error) {
    throw new Error(`${file.name} cannot be read (${messageOf(error)}): give picture files, not folders.`, {
      cause: error,
    });
  }
}
