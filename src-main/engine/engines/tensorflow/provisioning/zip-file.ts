import { createReadStream, openSync, closeSync, fstatSync } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { readAt } from '../../../../files/read-at.ts';

/** A file in a zip archive. */
export interface ZipMember {
  readonly name: string;
  readonly bytes: number;
  readonly crc: number;
  readonly isPacked: boolean;
  readonly packedBytes: number;
  /** Of its local header. */
  readonly at: number;
}

/** What is wrong with an archive, for people. */
export class BadZip extends Error {}

const END = { signature: 0x06054b50, bytes: 22, mostComment: 0xffff };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const [STORED, DEFLATED] = [0, 8];

/**
 * The files of a zip archive, from its central directory (APPNOTE 6.3.10, 4.3.12 and 4.3.16), folders left out. Archives above 4 GiB
 * (ZIP64), encrypted ones and methods other than deflate are refused: no wheel is one.
 * @throws BadZip
 */
export function listZip(file: string): ZipMember[] {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const tail = bytesAt(handle, Math.max(0, size - END.bytes - END.mostComment), size);
    const end = tail.lastIndexOf(signatureBytes(END.signature));
    if (end < 0 || tail.length - end < END.bytes) throw new BadZip('it has no directory of a zip archive');
    const [count, length, start] = [
      tail.readUInt16LE(end + 10),
      tail.readUInt32LE(end + 12),
      tail.readUInt32LE(end + 16),
    ];
    if (count === 0xffff || start === 0xffffffff) throw new BadZip('it is a ZIP64 archive');
    if (start + length > size) throw new BadZip('its directory is cut off');
    return [...entriesOf(bytesAt(handle, start, start + length), count)];
  } finally {
    closeSync(handle);
  }
}

function* entriesOf(directory: Buffer, count: number): Generator<ZipMember> {
  let at = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + ENTRY.bytes > directory.length || directory.readUInt32LE(at) !== ENTRY.signature)
      throw new BadZip('its directory is damaged');
    const nameEnd = at + ENTRY.bytes + directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + ENTRY.bytes, nameEnd);
    const [flags, method] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)];
    if ((flags & 1) !== 0 || (method !== STORED && method !== DEFLATED))
      throw new BadZip(`${name} is packed in a way that cannot be read`);
    if (!name.endsWith('/'))
      yield {
        ...{ name, isPacked: method === DEFLATED, crc: directory.readUInt32LE(at + 16) },
        ...{ packedBytes: directory.readUInt32LE(at + 20), bytes: directory.readUInt32LE(at + 24) },
        at: directory.readUInt32LE(at + 42),
      };
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

/**
 * The bytes of a file in an archive, as a chain of streams for `pipeline`. What they end in fails with BadZip where the bytes are not
 * those of the checksum.
 * @throws BadZip
 */
export function readMember(file: string, member: ZipMember): [Readable, ...Transform[]] {
  const handle = openSync(file, 'r');
  try {
    const local = bytesAt(handle, member.at, member.at + LOCAL.bytes);
    if (local.length < LOCAL.bytes || local.readUInt32LE(0) !== LOCAL.signature)
      throw new BadZip(`${member.name} is not where the directory says`);
    const start = member.at + LOCAL.bytes + local.readUInt16LE(26) + local.readUInt16LE(28);
    const end = start + member.packedBytes - 1;
    const packed = end < start ? Readable.from([]) : createReadStream(file, { start, end });
    return member.isPacked ? [packed, createInflateRaw(), checked(member)] : [packed, checked(member)];
  } finally {
    closeSync(handle);
  }
}

function checked({ name, crc, bytes }: ZipMember): Transform {
  let [found, length] = [0, 0];
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      found = crc32(chunk, found);
      length += chunk.length;
      next(length > bytes ? new BadZip(`${name} is longer than the directory says`) : null, chunk);
    },
    flush(next) {
      next(found === crc && length === bytes ? null : new BadZip(`${name} does not have its checksum`));
    },
  });
}

function signatureBytes(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}

/** Up to `end`, as far as there are any. */
function bytesAt(handle: number, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, Math.min(end, fstatSync(handle).size) - start));
  readAt(handle, bytes, start);
  return bytes;
}
