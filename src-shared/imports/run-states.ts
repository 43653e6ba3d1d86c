import type { ReadValue } from './read-value.ts';

/** How a run ended that another program trained. */
export type EndState = 'complete' | 'failed' | 'interrupted';

const STATES: Readonly<Record<string, EndState>> = {
  ...{ failed: 'failed', crashed: 'failed', error: 'failed', diverged: 'failed' },
  ...{ killed: 'interrupted', interrupted: 'interrupted', running: 'interrupted', preempted: 'interrupted' },
  ...{ scheduled: 'interrupted', pending: 'interrupted', waiting: 'interrupted', cancelled: 'interrupted' },
};

/** Whatever is not known to be another state is complete. */
export function stateOf(value: ReadValue | undefined): EndState {
  return value?.kind === 'text' ? (STATES[value.value.toLowerCase()] ?? 'complete') : 'complete';
}
