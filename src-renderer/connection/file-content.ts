import { messageOf } from './request.ts';

/**
 * What a file that the user dropped or chose holds, in base64.
 * @throws Error that names the file
 */
export async function fileContent(file: File, expected: string): Promise<string> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const pieces: string[] = [];
    // as many as a call takes arguments
    for (let at = 0; at < bytes.length; at += 8192)
      pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
    return btoa(pieces.join(''));
  } catch (error) {
    throw new Error(`${file.name} cannot be read (${messageOf(error)}): give ${expected}, not folders.`, {
      cause: error,
    });
  }
}
