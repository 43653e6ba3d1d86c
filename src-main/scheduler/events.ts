import type { ExecutionEvent } from '../../src-shared/contract/api/execution.ts';
import type { RunPoints } from '../store/store.ts';

/** What a scheduler reports while a study runs. */
export type SchedulerEvent =
  | ExecutionEvent
  /** The store has these points from now on. */
  | { readonly type: 'points saved'; readonly points: readonly RunPoints[] };
