import type { Socket } from 'node:net';
import { z } from 'zod';
import { type MessageParts, putTogether, takeApart } from '../../src-shared/contract/block.ts';
import type { NumberedEvent } from '../../src-shared/contract/api/events.ts';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import type { ProblemContent } from '../../src-shared/mistakes/problem.ts';

const LINE_END = 10;

/** What a command says to the application that it attaches to; a line of JSON each. The first is a greeting. */
export const fromCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('greet'), token: z.string(), version: z.string() }),
  z.object({ type: z.literal('request'), id: z.int(), name: z.string(), parameters: z.unknown() }),
]);
export type FromCommand = z.infer<typeof fromCommandSchema>;

/** What it is answered: both are of the same version, or it is refused. */
export type ToCommand =
  | { readonly type: 'welcome' }
  | { readonly type: 'refused'; readonly problem: ProblemContent }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer<unknown> }
  | ({ readonly type: 'event' } & NumberedEvent);

/**
 * Sends a message as a line of JSON. Where it holds bytes, the line begins with their number, and they follow it.
 * @param mayHoldBytes they are looked for, which takes several times as long as JSON alone
 */
export function send(socket: Socket, message: FromCommand | ToCommand, mayHoldBytes = false): void {
  if (!socket.writable) return;
  if (!mayHoldBytes) {
    socket.write(`${JSON.stringify(message)}\n`);
    return;
  }
  const { json, bytes } = takeApart(message);
  socket.write(`${bytes.length} ${json}\n`);
  socket.write(bytes);
}

/** Reads messages. One whose line or whose bytes are more than so many, or whose line is no JSON, ends the connection. */
export function onMessages(socket: Socket, longest: number, listener: (message: unknown) => void): void {
  const received = receivedBytes();
  /** The line whose bytes are coming. */
  let begun: { readonly json: string; readonly length: number } | null = null;
  const next = (): MessageParts | null => {
    if (begun === null) {
      const line = received.takeLine();
      if (line === null) return null;
      const [, length = '0', json = ''] = /^(?:(\d+) )?(.*)$/s.exec(line) ?? [];
      if (Number(length) > longest) throw new Error('more bytes than may be sent');
      begun = { json, length: Number(length) };
    }
    const bytes = received.take(begun.length);
    if (bytes === null) return null;
    const { json } = begun;
    begun = null;
    return { json, bytes };
  };
  socket.on('data', (piece: Buffer) => {
    received.add(piece);
    try {
      for (let parts = next(); parts !== null && !socket.destroyed; parts = next()) {
        listener(parts.bytes.length > 0 ? putTogether(parts) : JSON.parse(parts.json));
      }
    } catch {
      socket.destroy();
    }
    if (begun === null && received.length() > longest) socket.destroy();
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
