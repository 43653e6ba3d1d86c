import { z } from 'zod';
import { TIMEOUTS, type Timeouts, type WorkKind } from '../../../src-main/work/work-kind.ts';

export const CARRIERS = ['process', 'thread'] as const;
export type CarrierName = (typeof CARRIERS)[number];

const sampleTaskSchema = z.object({
  what: z.enum([
    'double',
    'count',
    'problem',
    'bug',
    'exit',
    'wait',
    'spin',
    'steps',
    'memory',
    'silent',
    'slow',
    'read',
    'unknown message',
    'wrong progress',
    'wrong result',
  ]),
  text: z.string().default(''),
});
export type SampleTask = z.infer<typeof sampleTaskSchema>;

/** Work that does what tests need; both carriers run the same program. */
export function sampleWork(
  carrier: CarrierName,
  timeouts: Partial<Timeouts> = {},
): WorkKind<SampleTask, string, number, { readonly pid: number }> {
  return {
    who: 'The sample',
    program: new URL('./sample-worker.ts', import.meta.url),
    carrier,
    task: sampleTaskSchema,
    result: z.string(),
    progress: z.number(),
    about: z.object({ pid: z.int() }),
    lessMemory: 'smaller samples',
    timeouts: { ...TIMEOUTS, ...timeouts },
  };
}
