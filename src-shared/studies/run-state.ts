import { assertNever } from '../assert-never.ts';

/**
 * Every state that a run can be in.
 *
 * - waiting: planned, not begun
 * - running: a trainer works on it
 * - complete: trained to the end and measured on the test part
 * - failed: ended by an error, whose code and message are kept
 * - cancelled: given up before it began, because the study no longer asks for it
 * - interrupted: ended by a stop, or by the death of the program
 *
 * The last four are final. A further attempt is a new run that names the old one in `retryOf`.
 */
export const RUN_STATES = ['waiting', 'running', 'complete', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = (typeof RUN_STATES)[number];
export type FinalRunState = Exclude<RunState, 'waiting' | 'running'>;

/** The states that a run may go to from `state`; none if it is final. */
export function statesAfter(state: RunState): readonly RunState[] {
  switch (state) {
    case 'waiting':
      return ['running', 'cancelled'];
    case 'running':
      return ['complete', 'failed', 'cancelled', 'interrupted'];
    case 'complete':
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return [];
    default:
      return assertNever(state);
  }
}

/** Whether a run in this state never changes again. */
export function isFinal(state: RunState): state is FinalRunState {
  return statesAfter(state).length === 0;
}
