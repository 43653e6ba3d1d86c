import { padding, TAR_END, tarHeader, tarHeaderBytes } from './tar-header.ts';

/** A file with its place in the folder that it was dropped with. */
export interface PlacedFile {
  readonly path: string;
  readonly file: Blob;
  /** Of the file. Asked for once, as a browser may look at the disk each time. */
  readonly bytes: number;
}

/** What is sent as one file. Nothing of it is in memory until it is read. */
export interface PackedFiles {
  readonly name: string;
  readonly bytes: number;
  /** @throws Error that names the file that cannot be read */
  readonly read: (at: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;
}

/** A file, what stands before it and zeros behind it: from `at` to `end`. */
interface Part extends PlacedFile {
  readonly at: number;
  readonly end: number;
  readonly header: () => Uint8Array;
}

/** Small files that are read at a time: one by one they take a browser several times as long. */
const AT_ONCE = 64;

/** An archive, or the only file, goes as it is. */
export function singleFile(name: string, file: Blob): PackedFiles {
  const bytes = file.size;
  return packed(name, [{ path: name, file, bytes, at: 0, end: bytes, header: () => new Uint8Array(0) }]);
}

/** Many files go as a tar, which keeps their paths; it is made as it is read. */
export function packFiles(name: string, files: readonly PlacedFile[]): PackedFiles {
  const parts: Part[] = [];
  let at = 0;
  for (const { path, file, bytes } of files) {
    const end = at + tarHeaderBytes(path, bytes) + bytes + padding(bytes);
    parts.push({ path, file, bytes, at, end, header: () => tarHeader(path, bytes) });
    at = end;
  }
  const header = (): Uint8Array => new Uint8Array(TAR_END);
  return packed(name, [
    ...parts,
    { path: name, file: new Blob([]), bytes: 0, at, end: at + TAR_END, header },
  ]);
}

function packed(name: string, parts: readonly Part[]): PackedFiles {
  const bytes = parts.at(-1)?.end ?? 0;
  return {
    name,
    bytes,
    read: async (from, end) => {
      const piece = new Uint8Array(Math.min(end, bytes) - from);
      const last = partOf(parts, from + piece.length - 1);
      for (let first = partOf(parts, from); first <= last; first += AT_ONCE) {
        const some = parts.slice(first, Math.min(first + AT_ONCE, last + 1));
        await Promise.all(some.map((part) => readPart(part, piece, from)));
      }
      return piece;
    },
  };
}

/** Writes what a piece has of a part into it. @param from the byte with which the piece begins */
async function readPart(part: Part, piece: Uint8Array, from: number): Promise<void> {
  const header = part.header();
  put(piece, header, part.at - from);
  const at = part.at + header.length - from;
  const [begin, end] = [Math.max(0, -at), Math.min(part.bytes, piece.length - at)];
  if (begin < end) put(piece, await contentOf(part, begin, end), at + begin);
}

/** Copies bytes to a place of a piece, which may begin before it or end behind it. */
function put(piece: Uint8Array, bytes: Uint8Array, at: number): void {
  const inside = bytes.subarray(Math.max(0, -at), Math.max(0, piece.length - at));
  if (inside.length > 0) piece.set(inside, Math.max(0, at));
}

async function contentOf({ path, file, bytes }: Part, begin: number, end: number): Promise<Uint8Array> {
  try {
    // a cut makes a browser look at the disk, and wait for it
    const wanted = begin === 0 && end === bytes ? file : file.slice(begin, end);
    const content = new Uint8Array(await wanted.arrayBuffer());
    if (content.length === end - begin) return content;
    throw new Error('it has another size');
  } catch (error) {
    throw new Error(`${path} can no longer be read, or has changed since it was dropped.`, { cause: error });
  }
}

/** The part in which a byte lies. */
function partOf(parts: readonly Part[], at: number): number {
  let [low, high] = [0, parts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
