import type { Socket } from 'node:net';
import { z } from 'zod';
import type { NumberedEvent } from '../../src-shared/contract/api/events.ts';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import type { ProblemContent } from '../../src-shared/contract/problem.ts';

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

export function send(socket: Socket, message: FromCommand | ToCommand): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Reads lines of JSON. A line that is longer, or no JSON, ends the connection. */
export function onMessages(socket: Socket, longest: number, listener: (message: unknown) => void): void {
  let pieces: string[] = [];
  let length = 0;
  socket.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...lines] = text.split('\n');
    pieces.push(first);
    length += first.length;
    for (const next of lines) {
      hear(pieces.join(''));
      pieces = [next];
      length = next.length;
    }
    if (length > longest) socket.destroy();
  });
  const hear = (line: string): void => {
    if (socket.destroyed) return;
    try {
      listener(JSON.parse(line));
    } catch {
      socket.destroy();
    }
  };
}
