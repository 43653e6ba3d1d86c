import { z } from 'zod';
import type { NumberedEvent } from '../../src-shared/contract/api/events.ts';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import type { ProblemContent } from '../../src-shared/mistakes/problem.ts';

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
