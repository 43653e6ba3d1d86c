import type { ToTrainer } from '../../src-shared/contract/trainer-protocol.ts';

/** How a trainer process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines that it wrote to its error output. */
  readonly errorOutput: string;
}

/**
 * A trainer process, wherever it runs. The seam between the scheduler and what executes: a process of this
 * machine (local-trainers.ts), a cluster's job, or a test's script.
 */
export interface TrainerProcess {
  readonly pid: number | null;
  /** Does nothing once the process has ended. */
  send(message: ToTrainer): void;
  /** Messages as they arrive, not yet validated. One listener; to be set at once after the start. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once; also when the process could not be started at all. */
  onEnd(listener: (end: ProcessEnd) => void): void;
  /** Ends it at once, as `kill -9` does. */
  kill(): void;
}

/** Starts a trainer that computes with so many threads. */
export type StartTrainer = (threads: number) => TrainerProcess;
