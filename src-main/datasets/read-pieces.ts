import fs from 'node:fs';

/** Bytes read and given on at once. */
const PIECE = 1 << 24;

/**
 * Reads a file from its beginning.
 * @param bytes how many at most
 * @param onPiece given each piece in turn with its place in the file; valid until it returns
 * @returns bytes read: fewer where the file ends before
 */
export function readPieces(
  file: string,
  bytes: number,
  onPiece: (piece: Uint8Array, at: number) => void,
): number {
  const handle = fs.openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(PIECE, bytes));
    let at = 0;
    while (at < bytes) {
      const read = fs.readSync(handle, buffer, 0, Math.min(buffer.length, bytes - at), null);
      if (read === 0) break;
      onPiece(buffer.subarray(0, read), at);
      at += read;
    }
    return at;
  } finally {
    fs.closeSync(handle);
  }
}
