/** One step of an installation, in the order in which they happen; `measure` is that of tuning. */
export type InstallStage = 'find' | 'download' | 'extract' | 'compile' | 'verify' | 'measure';

export interface InstallProgress {
  readonly stage: InstallStage;
  /** What is being worked on, e.g. the wheel's file name. */
  readonly detail: string;
  /** Bytes done and in all, or measurements; null where the step has no measure. */
  readonly done: number | null;
  readonly total: number | null;
  /** Of the stage, where it is known by itself. */
  readonly secondsLeft?: number | null;
}

export interface InstallOptions {
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly signal?: AbortSignal;
}

const WORDS: Readonly<Record<InstallStage, string>> = {
  find: 'looking for',
  download: 'downloading',
  extract: 'extracting',
  compile: 'compiling',
  verify: 'trying',
  measure: 'measuring',
};

/** What is being done, for people, e.g. `compiling tfjs_binding.node`. */
export function describeInstallProgress({ stage, detail }: InstallProgress): string {
  return `${WORDS[stage]} ${detail}`;
}
