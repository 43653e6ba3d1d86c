import type { Readable, Writable } from 'node:stream';
import { type MessageParts, putTogether, takeApart } from '../../src-shared/contract/block.ts';

const LINE_END = 10;

/**
 * Sends a message as a line of JSON. Where it holds bytes, the line begins with their number, and they follow it.
 * @param mayHoldBytes they are looked for, which takes several times as long as JSON alone
 */
export function send(stream: Writable, message: object, mayHoldBytes = false): void {
  if (!stream.writable) return;
  if (!mayHoldBytes) {
    stream.write(`${JSON.stringify(message)}\n`);
    return;
  }
  const { json, bytes } = takeApart(message);
  stream.write(`${bytes.length} ${json}\n`);
  stream.write(bytes);
}

/**
 * Resolves when there is room for more to be sent, or when the other side is gone.
 * @param gone resolves then
 */
export async function hasRoom(stream: Writable, gone: Promise<unknown>): Promise<void> {
  if (!stream.writableNeedDrain) return;
  // Node's `once` would fail with the stream, before it is known why
  await Promise.race([new Promise((resolve) => stream.once('drain', resolve)), gone]);
}

/** Reads messages. One whose line or whose bytes are more than so many, or whose line is no JSON, ends the connection. */
export function onMessages(stream: Readable, longest: number, listener: (message: unknown) => void): void {
  const received = receivedBytes();
  /** The line whose bytes are coming. */
  let begun: { readonly json: string; readonly length: number; readonly mayHoldBytes: boolean } | null = null;
  const next = (): (MessageParts & { readonly mayHoldBytes: boolean }) | null => {
    if (begun === null) {
      const line = received.takeLine();
      if (line === null) return null;
      const [, length, json = ''] = /^(?:(\d+) )?(.*)$/s.exec(line) ?? [];
      if (Number(length) > longest) throw new Error('more bytes than may be sent');
      begun = { json, length: Number(length ?? 0), mayHoldBytes: length !== undefined };
    }
    const bytes = received.take(begun.length);
    if (bytes === null) return null;
    const { json, mayHoldBytes } = begun;
    begun = null;
    return { json, bytes, mayHoldBytes };
  };
  stream.on('data', (piece: Buffer) => {
    received.add(piece);
    try {
      for (let parts = next(); parts !== null && !stream.destroyed; parts = next()) {
        listener(parts.mayHoldBytes ? putTogether(parts) : JSON.parse(parts.json));
      }
    } catch {
      stream.destroy();
    }
    if (begun === null && received.length() > longest) stream.destroy();
  });
}

interface ReceivedBytes {
  add(piece: Buffer): void;
  length(): number;
  /** The first so many; null as long as there are fewer. */
  take(length: number): Uint8Array<ArrayBuffer> | null;
  /** The first line, without its end; null as long as it is not whole. */
  takeLine(): string | null;
}

/** Pieces are put together only where what is taken spans several, so that many short lines of one piece are not copied. */
function receivedBytes(): ReceivedBytes {
  let pieces: Buffer[] = [];
  let present = 0;
  /** Pieces in which no line ends. */
  let searched = 0;
  const cut = (length: number): Buffer => {
    const [first = Buffer.alloc(0)] = pieces;
    const whole = first.length >= length ? first : Buffer.concat(pieces);
    const others = whole === first ? pieces.slice(1) : [];
    pieces = [whole.subarray(length), ...others];
    present -= length;
    searched = 0;
    return whole.subarray(0, length);
  };
  return {
    add: (piece) => {
      pieces.push(piece);
      present += piece.length;
    },
    length: () => present,
    take: (length) => {
      if (present < length) return null;
      return length === 0 ? new Uint8Array() : new Uint8Array(cut(length));
    },
    takeLine: () => {
      let before = 0;
      for (const [index, piece] of pieces.entries()) {
        const at = index < searched ? -1 : piece.indexOf(LINE_END);
        if (at >= 0) return cut(before + at + 1).toString('utf8', 0, before + at);
        before += piece.length;
      }
      searched = pieces.length;
      return null;
    },
  };
}
