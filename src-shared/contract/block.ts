/** In Node and in browsers alike, but in no library that this folder compiles with. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };

/** Media type of a block. */
export const BLOCK_TYPE = 'application/x-kindling-block';

/** Bytes before the JSON of a block, which are its length. */
const HEAD = 4;

/** A message taken apart. In the JSON `{"$bytes": [offset, length]}` stands for each `Uint8Array`. */
export interface MessageParts {
  readonly json: string;
  /** All bytes of the message, one after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Takes the bytes out of a message for a transport that carries them beside its JSON. */
export function takeApart(message: unknown): MessageParts {
  const parts: Uint8Array[] = [];
  let length = 0;
  const json = JSON.stringify(message, (_key, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    const place = { $bytes: [length, value.length] };
    parts.push(value);
    length += value.length;
    return place;
  });
  return { json, bytes: joined(parts, length) };
}

/** The message again; its bytes are views of those that are given. @throws SyntaxError for what is no JSON */
export function putTogether({ json, bytes }: MessageParts): unknown {
  return JSON.parse(json, (_key, value: unknown) => {
    if (!isPlace(value)) return value;
    const [offset, length] = value.$bytes;
    return bytes.subarray(offset, offset + length);
  }) as unknown;
}

/** A message as one block: length of the JSON (uint32, little-endian), the JSON in UTF-8, the bytes. */
export function toBlock(message: unknown): Uint8Array<ArrayBuffer> {
  const { json, bytes } = takeApart(message);
  const text = new TextEncoder().encode(json);
  const head = new Uint8Array(HEAD);
  new DataView(head.buffer).setUint32(0, text.length, true);
  return joined([head, text, bytes], HEAD + text.length + bytes.length);
}

/** The message of a block. @throws Error for what is none */
export function fromBlock(block: Uint8Array<ArrayBuffer>): unknown {
  const start = HEAD + new DataView(block.buffer, block.byteOffset).getUint32(0, true);
  const json = new TextDecoder().decode(block.subarray(HEAD, start));
  return putTogether({ json, bytes: block.subarray(start) });
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function isPlace(value: unknown): value is { readonly $bytes: readonly [offset: number, length: number] } {
  return typeof value === 'object' && value !== null && '$bytes' in value && Array.isArray(value.$bytes);
}
