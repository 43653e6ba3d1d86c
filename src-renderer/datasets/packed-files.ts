import { padding, TAR_END, tarHeader } from './tar-header.ts';

/** A file with its place in the folder that it was dropped with. */
export interface PlacedFile {
  readonly path: string;
  readonly file: Blob;
}

/** What is sent as one file. Nothing of it is in memory until it is read. */
export interface PackedFiles {
  readonly name: string;
  readonly bytes: number;
  /** @throws Error that names the file that cannot be read */
  readonly read: (at: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;
}

/** A part of what is sent, and where it begins. */
interface Part {
  readonly at: number;
  readonly bytes: number;
  readonly what: string;
  readonly content: () => Blob;
}

/** An archive, or the only file, goes as it is. */
export function singleFile(name: string, file: Blob): PackedFiles {
  return packed(name, [{ at: 0, bytes: file.size, what: name, content: () => file }], file.size);
}

/** Many files go as a tar, which keeps their paths; it is made as it is read. */
export function packFiles(name: string, files: readonly PlacedFile[]): PackedFiles {
  const parts: Part[] = [];
  let at = 0;
  const add = (bytes: number, what: string, content: () => Blob): void => {
    if (bytes === 0) return;
    parts.push({ at, bytes, what, content });
    at += bytes;
  };
  for (const { path, file } of files) {
    const header = (): Blob => new Blob([tarHeader(path, file.size)]);
    add(tarHeader(path, file.size).length, path, header);
    add(file.size, path, () => file);
    add(padding(file.size), path, () => new Blob([new Uint8Array(padding(file.size))]));
  }
  add(TAR_END, name, () => new Blob([new Uint8Array(TAR_END)]));
  return packed(name, parts, at);
}

function packed(name: string, parts: readonly Part[], bytes: number): PackedFiles {
  return {
    name,
    bytes,
    read: async (from, end) => {
      const piece = new Uint8Array(Math.min(end, bytes) - from);
      for (let index = firstOf(parts, from); index < parts.length; index++) {
        const part = parts[index];
        if (part === undefined || part.at >= end) break;
        const cut = part.content().slice(Math.max(0, from - part.at), Math.min(part.bytes, end - part.at));
        piece.set(new Uint8Array(await contentOf(cut, part.what)), Math.max(from, part.at) - from);
      }
      return piece;
    },
  };
}

/** The part in which a byte lies. */
function firstOf(parts: readonly Part[], at: number): number {
  let [low, high] = [0, parts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

async function contentOf(blob: Blob, what: string): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch (error) {
    throw new Error(`${what} can no longer be read, or has changed since it was dropped.`, { cause: error });
  }
}
