/** In Node and in browsers alike, but in no library that this folder compiles with. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };

/** Media type of a block. */
export const BLOCK_TYPE = 'application/x-kindling-block';

/** Bytes before the JSON: its length, and that of all that follows it. */
export const BLOCK_HEAD = 8;

/** What stands in the JSON for bytes. */
interface Place {
  readonly $bytes: readonly [offset: number, length: number];
}

/**
 * A message that may hold bytes, for a transport of bytes: length of the JSON and of the bytes (uint32, little-endian), the JSON
 * in UTF-8, the bytes. In the JSON `{"$bytes": [offset, length]}` stands for each `Uint8Array`.
 * @param mayHoldBytes they are looked for, which takes several times as long as JSON alone
 */
export function toBlock(message: unknown, mayHoldBytes: boolean): Uint8Array<ArrayBuffer> {
  const { json, parts, length } = mayHoldBytes
    ? takeBytes(message)
    : { json: JSON.stringify(message), parts: [], length: 0 };
  const text = new TextEncoder().encode(json);
  const block = new Uint8Array(BLOCK_HEAD + text.length + length);
  const head = new DataView(block.buffer);
  head.setUint32(0, text.length, true);
  head.setUint32(4, length, true);
  block.set(text, BLOCK_HEAD);
  let at = BLOCK_HEAD + text.length;
  for (const part of parts) {
    block.set(part, at);
    at += part.length;
  }
  return block;
}

/** The message of a whole block; its bytes are views of the block. @throws Error for what is none */
export function fromBlock(block: Uint8Array<ArrayBuffer>): unknown {
  if (block.length < BLOCK_HEAD || block.length !== blockLength(block)) throw new Error('not a whole block');
  const start = BLOCK_HEAD + new DataView(block.buffer, block.byteOffset).getUint32(0, true);
  const json = new TextDecoder().decode(block.subarray(BLOCK_HEAD, start));
  if (start === block.length && !json.includes('"$bytes"')) return JSON.parse(json) as unknown;
  return JSON.parse(json, (_key, value: unknown) => {
    if (!isPlace(value)) return value;
    const [offset, length] = value.$bytes;
    return block.subarray(start + offset, start + offset + length);
  }) as unknown;
}

/** How long a block is that begins so; null before that can be known. */
export function blockLength(start: Uint8Array): number | null {
  if (start.length < BLOCK_HEAD) return null;
  const head = new DataView(start.buffer, start.byteOffset);
  return BLOCK_HEAD + head.getUint32(0, true) + head.getUint32(4, true);
}

function takeBytes(message: unknown): { json: string; parts: readonly Uint8Array[]; length: number } {
  const parts: Uint8Array[] = [];
  let length = 0;
  const json = JSON.stringify(message, (_key, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    const place: Place = { $bytes: [length, value.length] };
    parts.push(value);
    length += value.length;
    return place;
  });
  return { json, parts, length };
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && '$bytes' in value && Array.isArray(value.$bytes);
}
