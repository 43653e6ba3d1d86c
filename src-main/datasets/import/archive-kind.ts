/** How a file begins that is an archive or compressed, whatever its name is. */
const BEGINNINGS = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
] as const;

export type ArchiveKind = (typeof BEGINNINGS)[number][0];

/** Null for anything else, a plain tar among it. */
export function archiveKind(head: Uint8Array): ArchiveKind | null {
  const found = BEGINNINGS.find(([, beginning]) => beginning.every((byte, at) => head[at] === byte));
  return found?.[0] ?? null;
}
