import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import type { Problem } from '../../../src-shared/mistakes/problem.ts';
import { archiveKind } from '../import/archive-kind.ts';
import type { SourceFile } from '../import/source.ts';

/** An array of unsigned bytes: its sizes from the outside in, and its values as they come. */
export interface IdxArray {
  readonly sizes: readonly number[];
  /** As many as the sizes say. @throws what `invalid` makes, where there are more or fewer */
  readonly values: AsyncIterable<Buffer>;
}

/** A problem with the file: what is wrong goes behind its name. */
type Invalid = (what: string, cause?: unknown) => Problem;

/**
 * Reads an IDX file, plain or compressed by gzip (http://yann.lecun.com/exdb/mnist): the magic number 0x000008 and the
 * number of dimensions, the sizes (big-endian), the values. What is unpacked is counted as it comes, so that a small file
 * that unpacks to a large one ends where its sizes say.
 * @param onPiece given the file's bytes as they are stored
 */
export async function openIdxArray(
  file: SourceFile,
  dimensions: number,
  invalid: Invalid,
  onPiece: (piece: Buffer) => void,
): Promise<IdxArray> {
  const length = 4 + 4 * dimensions;
  const { header, rest } = await splitHeader(await plainBytes(file, invalid, onPiece), length);
  if (header.length < length || header.readUInt32BE(0) !== (0x0800 | dimensions))
    throw invalid(`does not start like an IDX file with ${dimensions} dimension(s)`);
  const sizes = Array.from({ length: dimensions }, (_, index) => header.readUInt32BE(4 + 4 * index));
  const expected = sizes.reduce((product, size) => product * size, 1);
  const due = `expected ${length + expected} bytes (${sizes.join('x')})`;
  const wrong = (found: string): Problem => invalid(`has a wrong size: ${due}, found ${found}`);
  const values = async function* (): AsyncGenerator<Buffer> {
    let found = 0;
    for await (const piece of rest) {
      found += piece.length;
      if (found > expected) throw wrong('more');
      yield piece;
    }
    if (found < expected) throw wrong(`${length + found}`);
  };
  return { sizes, values: values() };
}

async function plainBytes(
  file: SourceFile,
  invalid: Invalid,
  onPiece: (piece: Buffer) => void,
): Promise<AsyncIterable<Buffer>> {
  const stored = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of file.pieces()) {
      onPiece(piece);
      yield piece;
    }
  };
  if (archiveKind(await file.head(2)) !== 'gzip') return stored();
  return (async function* (): AsyncGenerator<Buffer> {
    // an error of either end comes out of the loop
    const plain = pipeline(Readable.from(stored()), zlib.createGunzip(), () => undefined);
    try {
      for await (const piece of plain as AsyncIterable<Buffer>) yield piece;
    } catch (error) {
      if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
      throw invalid(`is truncated or corrupt (${(error as Error).message})`, error);
    }
  })();
}

/** The first bytes, fewer where there are no more, and those behind them. */
async function splitHeader(
  bytes: AsyncIterable<Buffer>,
  length: number,
): Promise<{ header: Buffer; rest: AsyncIterable<Buffer> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  let begun = Buffer.alloc(0);
  while (begun.length < length) {
    const next = await iterator.next();
    if (next.done === true) break;
    begun = Buffer.concat([begun, next.value]);
  }
  const rest = async function* (): AsyncGenerator<Buffer> {
    if (begun.length > length) yield begun.subarray(length);
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return { header: begun.subarray(0, length), rest: rest() };
}
