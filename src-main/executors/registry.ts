import { Problem } from '../../src-shared/mistakes/problem.ts';
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
  if (name === null) return USUAL_EXECUTOR;
  const found = EXECUTORS.find((executor) => executor.name === name);
  if (found !== undefined) return found;
  throw new Problem(
    'usage',
    `There is no executor ${JSON.stringify(name)}; there are ${EXECUTORS.map((each) => each.name).join(', ')}.`,
  );
}
