/** One step of an installation, in the order in which they happen. */
export type InstallStage = 'find' | 'download' | 'extract' | 'compile' | 'verify';

export interface InstallProgress {
  readonly stage: InstallStage;
  /** What is being worked on, e.g. the wheel's file name. */
  readonly detail: string;
  /** Bytes done and in all; null where the step has no measure. */
  readonly done: number | null;
  readonly total: number | null;
}

export interface InstallOptions {
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly signal?: AbortSignal;
}
