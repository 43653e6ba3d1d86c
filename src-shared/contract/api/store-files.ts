import { z } from 'zod';
import { nothing, request } from './request.ts';
import type { Task } from './tasks.ts';

/** A copy of a whole store. It holds no checkpoints: those are files in the folder of artifacts. */
export interface Backup {
  readonly file: string;
  readonly bytes: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** What a store has otherwise than its format says. */
export interface SchemaDifference {
  readonly kind: 'missing' | 'extra' | 'changed';
  /** For people: `trigger finished_run_never_changes`, `column runs.seed`. */
  readonly what: string;
}

/** What a whole store holds. */
export interface StoreCheck {
  readonly file: string;
  /** Of the format. */
  readonly version: number;
  readonly bytes: number;
  readonly studies: number;
  readonly runs: number;
  /** Where it departs from its format without being unreadable for it: triggers, indexes, and what is too much. */
  readonly differences: readonly SchemaDifference[];
}

export interface Restored {
  readonly check: StoreCheck;
  /** Where the store lies that was replaced; null if there was none. */
  readonly kept: string | null;
}

export const storeFileRequests = {
  /** Writes a copy of the whole store, with everything that was committed: by default into the folder of backups. */
  'store.backup': request<Task<Backup>>()(
    z.strictObject({
      /** A file that is not there yet. */
      file: z.string().optional(),
    }),
  ),
  'store.backups': request<readonly Backup[]>()(nothing),
  /**
   * Puts a backup, or another store, in the place of the store, after keeping a copy of the present one. Refused while
   * anything else is under way.
   */
  'store.restore': request<Task<Restored>>()(z.strictObject({ file: z.string() })),
} as const;
