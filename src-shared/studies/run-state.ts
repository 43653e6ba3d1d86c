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
 * The last four have ended. One that was interrupted, or failed from outside, goes on as itself (`canGoOn`); of any other a further
 * attempt is a new run that names the old one in `retryOf`.
 */
export const RUN_STATES = ['waiting', 'running', 'complete', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = (typeof RUN_STATES)[number];
export type EndedRunState = Exclude<RunState, 'waiting' | 'running'>;

/** The states that a run may go to from `state`. */
export function statesAfter(state: RunState): readonly RunState[] {
  switch (state) {
    case 'waiting':
      return ['running', 'cancelled'];
    case 'running':
      return ['complete', 'failed', 'cancelled', 'interrupted'];
    case 'failed':
    case 'interrupted':
      return ['waiting'];
    case 'complete':
    case 'cancelled':
      return [];
    default:
      return assertNever(state);
  }
}

/** Whether nothing is done about a run in this state, nor will be unless somebody asks for it. */
export function hasEnded(state: RunState): state is EndedRunState {
  return state !== 'waiting' && state !== 'running';
}
