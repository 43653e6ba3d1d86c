import { named } from '../../src-shared/mistakes/named.ts';
import * as all from './all.ts';
import type { ExecutorDescription } from './executor.ts';

export const EXECUTORS: readonly ExecutorDescription[] = Object.values<ExecutorDescription>(all);

/** Where trainings run unless the user says otherwise. */
export const USUAL_EXECUTOR: ExecutorDescription = all.localProcesses;

/**
 * @param name null for the usual one
 * @throws Problem `usage` with the names that there are
 */
export function executorNamed(name: string | null): ExecutorDescription {
  return name === null ? USUAL_EXECUTOR : named(EXECUTORS, name, { what: 'executor', code: 'usage' });
}
