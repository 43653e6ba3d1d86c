import { z } from 'zod';
import { PROBLEM_CODES, type ProblemContent, OFFER_ACTIONS } from '../mistakes/problem.ts';

/**
 * What a host and a worker say to each other, whatever carries it: the IPC channel of a child process or the port of a
 * thread. A worker does one job at a time, or several of a kind that takes them, and stays warm between them. It announces the version it speaks in `ready`;
 * a host refuses any other. Task, progress, result and `about` are those of the kind of work, which has a schema for
 * each (src-main/work/work-kind.ts).
 */
export const WORK_PROTOCOL_VERSION = 2;

/** Tells the jobs of a worker apart, so that nothing is heard of an earlier one. */
const job = z.int();

export const toWorkerSchema = z.discriminatedUnion('type', [
  /** `aliveEvery`: milliseconds in which the worker says something, if only `alive`. */
  z.strictObject({ type: z.literal('do'), job, task: z.unknown(), aliveEvery: z.number().positive() }),
  /** End the job soon; answered by `cancelled`, or by its end if that comes first. */
  z.strictObject({ type: z.literal('cancel'), job }),
  /** Leave once idle. */
  z.strictObject({ type: z.literal('leave') }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

/** A Problem, which does not travel as such. */
export const problemSchema: z.ZodType<ProblemContent> = z.strictObject({
  code: z.enum(PROBLEM_CODES),
  message: z.string(),
  mistakes: z.array(
    z.object({
      path: z.array(z.union([z.string(), z.number()])),
      value: z.unknown(),
      message: z.string(),
      line: z.number().nullable().exactOptional(),
    }),
  ),
  fact: z.string().exactOptional(),
  offer: z.strictObject({ action: z.enum(OFFER_ACTIONS), subject: z.string() }).exactOptional(),
});

export const fromWorkerSchema = z.discriminatedUnion('type', [
  /** The first message, in every version. `about`: what the host is to know of the worker, e.g. its engine. */
  z.object({ type: z.literal('ready'), protocol: z.int(), about: z.unknown().optional() }),
  /** Instead of `ready`: why it can do nothing. */
  z.strictObject({ type: z.literal('unable'), problem: problemSchema }),
  /** A sign of life of work that goes on and has nothing to tell. */
  z.strictObject({ type: z.literal('alive') }),
  z.strictObject({ type: z.literal('progress'), job, progress: z.unknown() }),
  z.strictObject({ type: z.literal('done'), job, result: z.unknown() }),
  /** An expected failure. */
  z.strictObject({ type: z.literal('failed'), job, problem: problemSchema }),
  /** Any other error. */
  z.strictObject({ type: z.literal('bug'), job, name: z.string(), message: z.string(), stack: z.string() }),
  z.strictObject({ type: z.literal('cancelled'), job }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
