import type { Socket } from 'node:net';
import { z } from 'zod';
import { BLOCK_HEAD, blockLength, fromBlock, toBlock } from '../../src-shared/contract/block.ts';
import type { NumberedEvent } from '../../src-shared/contract/api/events.ts';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import type { ProblemContent } from '../../src-shared/contract/problem.ts';

/** What a command says to the application that it attaches to; a block each. The first is a greeting. */
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

/** @param mayHoldBytes as `toBlock` has it */
export function send(socket: Socket, message: FromCommand | ToCommand, mayHoldBytes = false): void {
  if (socket.writable) socket.write(toBlock(message, mayHoldBytes));
}

/** Reads blocks. One that is longer than so many bytes, or none, ends the connection. */
export function onMessages(socket: Socket, longest: number, listener: (message: unknown) => void): void {
  let pieces: Uint8Array[] = [];
  let present = 0;
  /** Bytes of the block that is coming; null before they are known. */
  let needed: number | null = null;
  const take = (): void => {
    while (!socket.destroyed && present >= (needed ?? BLOCK_HEAD)) {
      const all = new Uint8Array(Buffer.concat(pieces));
      pieces = [all];
      needed ??= blockLength(all) ?? 0;
      if (needed > longest) socket.destroy();
      if (present < needed || socket.destroyed) return;
      pieces = [all.subarray(needed)];
      present -= needed;
      hear(all.subarray(0, needed));
      needed = null;
    }
  };
  const hear = (block: Uint8Array<ArrayBuffer>): void => {
    try {
      listener(fromBlock(block));
    } catch {
      socket.destroy();
    }
  };
  socket.on('data', (piece: Buffer) => {
    pieces.push(piece);
    present += piece.length;
    take();
  });
}
