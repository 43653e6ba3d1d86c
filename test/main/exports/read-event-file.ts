/**
 * Reads TensorBoard's event files with code that shares nothing with what writes them: the checksum bit by bit, the
 * messages by their wire format.
 */
export interface ReadEvent {
  readonly wallTime: number;
  readonly step: number;
  readonly fileVersion: string | null;
  /** Scalars by tag; float32. */
  readonly scalars: ReadonlyMap<string, number>;
  /** Tags of values that belong to a plugin, with its name, first string and message. */
  readonly plugins: ReadonlyMap<string, { plugin: string; text: string; content: Buffer }>;
}

/** @throws Error if a length or a checksum is wrong */
export function readEventFile(bytes: Uint8Array): ReadEvent[] {
  const file = Buffer.from(bytes);
  const events: ReadEvent[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    check(file.subarray(at, at + 8), file.readUInt32LE(at + 8));
    const data = file.subarray(at + 12, at + 12 + length);
    check(data, file.readUInt32LE(at + 12 + length));
    events.push(readEvent(data));
    at += 16 + length;
  }
  return events;
}

function check(data: Uint8Array, masked: number): void {
  let register = 0xffffffffn;
  for (const byte of data) {
    register ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) register = (register >> 1n) ^ (register & 1n ? 0x82f63b78n : 0n);
  }
  const checksum = register ^ 0xffffffffn;
  const rotated = ((checksum >> 15n) | (checksum << 17n)) & 0xffffffffn;
  const expected = (rotated + 0xa282ead8n) & 0xffffffffn;
  if (expected !== BigInt(masked)) throw new Error(`checksum ${masked}, not ${expected}`);
}

type Fields = Map<number, (bigint | Buffer)[]>;

/** Field number to its values: whole numbers as they are, everything else as bytes. */
function readFields(message: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    if (at + length > message.length) throw new Error('a field goes beyond its message');
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = varint();
    const wire = Number(key & 7n);
    const value =
      wire === 0 ? varint() : wire === 1 ? bytes(8) : wire === 5 ? bytes(4) : bytes(Number(varint()));
    const number = Number(key >> 3n);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

function readEvent(data: Buffer): ReadEvent {
  const fields = readFields(data);
  const scalars = new Map<string, number>();
  const plugins = new Map<string, { plugin: string; text: string; content: Buffer }>();
  for (const value of all(readFields(part(fields, 5)), 1)) {
    const entry = readFields(value);
    const tag = part(entry, 1).toString();
    if (entry.has(2)) scalars.set(tag, part(entry, 2).readFloatLE());
    if (!entry.has(9)) continue;
    const plugin = readFields(part(readFields(part(entry, 9)), 1));
    const text = part(readFields(part(entry, 8)), 8).toString();
    plugins.set(tag, { plugin: part(plugin, 1).toString(), text, content: part(plugin, 2) });
  }
  return {
    wallTime: part(fields, 1).readDoubleLE(),
    step: Number(fields.get(2)?.[0] ?? 0n),
    fileVersion: fields.has(3) ? part(fields, 3).toString() : null,
    scalars,
    plugins,
  };
}

function all(fields: Fields, number: number): Buffer[] {
  return (fields.get(number) ?? []).filter((value) => Buffer.isBuffer(value));
}

function part(fields: Fields, number: number): Buffer {
  return all(fields, number)[0] ?? Buffer.alloc(0);
}
