import { z } from 'zod';
import type { Check } from './settings.ts';
import { nothing, request } from './request.ts';

/** A place where trainings run. */
export interface ExecutorListing {
  readonly name: string;
  /** What people call it: `Slurm`. */
  readonly title: string;
  /** One line for people. */
  readonly about: string;
  /** Whether its runs go on without the application. */
  readonly isElsewhere: boolean;
  /** What a person may say of it. */
  readonly fields: readonly ExecutorField[];
}

export interface ExecutorField {
  readonly name: string;
  readonly title: string;
  /** What it does. */
  readonly about: string;
  /** `words` are several texts; a `switch` is on or off. */
  readonly kind: 'text' | 'number' | 'words' | 'switch';
}

export const executorRequests = {
  'executors.list': request<readonly ExecutorListing[]>()(nothing),
  /** What is there for studies of such settings, and what is missing. Refused with the mistakes of the settings. */
  'executors.examine': request<readonly Check[]>()(
    z.strictObject({ executor: z.string(), settings: z.record(z.string(), z.unknown()) }),
  ),
} as const;
