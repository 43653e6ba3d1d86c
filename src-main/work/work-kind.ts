import type { z } from 'zod';

/**
 * One kind of work that is done elsewhere: what it is asked, tells and answers, and the program that does it. Host and
 * program share it, so it loads nothing that only the program needs. Whatever arrives is checked by these schemas.
 */
export interface WorkKind<Task, Result, Progress = never, About = null> {
  /** Who does it, as a sentence begins: `The trainer`. */
  readonly who: string;
  /** A file that calls `answerWork`. */
  readonly program: URL;
  /**
   * A `process` may be killed whatever it does, and its memory is its own; a `thread` starts sooner and hands over large
   * results faster, but while it is inside a native call it cannot be ended.
   */
  readonly carrier: 'process' | 'thread';
  /** Whether a worker is given jobs while it has others, which it does beside each other; absent: one at a time. */
  readonly takesSeveral?: true;
  readonly task: z.ZodType<Task>;
  readonly result: z.ZodType<Result>;
  readonly progress: z.ZodType<Progress>;
  /** What a worker says of itself when it is ready. */
  readonly about: z.ZodType<About>;
  /** What takes less memory, for the message about a death: `fewer images`. */
  readonly lessMemory: string;
  readonly timeouts: Timeouts;
}

/** How long a worker may take, in milliseconds in which the host itself was awake. */
export interface Timeouts {
  /** From its start until it is ready. */
  readonly ready: number;
  /** Without a sign of life during a job, after which it counts as hung and is killed. */
  readonly silence: number;
  /** From being asked to end a job until it has, at least: longer where its steps take long; then it is killed. With 0 it is killed at once. */
  readonly grace: number;
  /** To leave when asked to. */
  readonly leave: number;
}

export const TIMEOUTS: Timeouts = { ready: 120_000, silence: 600_000, grace: 10_000, leave: 5_000 };

/** For work that reads in one piece, hears nothing meanwhile and leaves nothing behind. */
export const READING_TIMEOUTS: Timeouts = { ...TIMEOUTS, silence: 3_600_000, grace: 0 };
