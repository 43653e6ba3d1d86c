import type { ToWorker } from '../../src-shared/contract/work-protocol.ts';

/** What a worker runs in and is reached by: a child process or a thread. */
export interface Carrier {
  /** Null for a thread. */
  readonly pid: number | null;
  /** Does nothing once the worker has ended. */
  send(message: ToWorker): void;
  /** Messages as they arrive, not yet checked. One listener; to be set at once after the start. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, after all messages; also when the worker could not be started at all. */
  onEnd(listener: (end: WorkerEnd) => void): void;
  /** Ends it at once, whatever it does. */
  kill(): void;
}

/** Milliseconds after which a worker that was killed counts as gone, whether its end was seen or not. */
export const LONGEST_KILL = 2000;

/** How a worker ended. */
export interface WorkerEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines that it wrote to its error output, or its last error; or why it could not be started. */
  readonly errorOutput: string;
}
