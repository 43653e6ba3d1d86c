import { z } from 'zod';
import type { Refusal } from './refusal.ts';
import { nothing, request } from './request.ts';

/** What a task may leave otherwise than it was, so that a page that shows it looks again. */
export type TaskChange = 'analyses' | 'backups' | 'datasets' | 'engines' | 'networks' | 'surveys';

/** Something that takes its time: an installation, a download, a backup. `Result` is what comes of it, for programs. */
export interface Task<Result = unknown> {
  readonly id: string;
  readonly title: string;
  /** What it is about: of two with the same one, the second is refused while the first runs. `engine`, `dataset cifar10`. */
  readonly subject: string;
  /** Null where it changes nothing, or only what events of its own tell of, as runs. */
  readonly changes: TaskChange | null;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  /** What it does now. */
  readonly phase: string;
  /** From 0 to 1; null where it cannot be known. */
  readonly share: number | null;
  readonly secondsLeft: number | null;
  /** How far this is in its own measure, e.g. `12 MB of 170 MB`; empty where there is none. */
  readonly detail: string;
  /** The error as pages say it, or what came of it; empty while it runs. */
  readonly message: string;
  /** The error again, for programs; null where there is none. */
  readonly failure: Refusal | null;
  /** What came of it; null before, and where nothing came of it but words. */
  readonly result: Result | null;
}

export const taskRequests = {
  /** Those that run, and those that ended since the program started. */
  'tasks.list': request<readonly Task[]>()(nothing),
  'tasks.cancel': request<null>()(z.strictObject({ task: z.string() })),
} as const;
