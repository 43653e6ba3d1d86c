import type { SlurmSettings } from '../../../src-shared/studies/slurm-settings.ts';

/** What is submitted for a spool. */
export interface Jobs {
  readonly spool: string;
  readonly settings: SlurmSettings;
  /** Of a worker. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What one more job has done when all others have ended; absent where nobody wants that. */
  readonly collecting?: Collecting;
}

export interface Collecting {
  /** The machine that has the store, as it calls itself and as ssh knows it. */
  readonly host: string;
  /** Takes there into the store what has been finished. */
  readonly command: readonly string[];
  /** Of that. */
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds before each of its tries. */
  readonly pause: number;
  /** In a process that such a job has started: how many runs had not ended when it was submitted; else null. */
  readonly before: number | null;
}
