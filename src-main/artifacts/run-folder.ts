import { join } from 'node:path';
import { Problem } from '../../src-shared/contract/problem.ts';
import { isRunId } from '../store/run-id.ts';

/**
 * Where the files of a run lie.
 * @param root folder of artifacts
 * @throws Problem `store-damaged` for what is no run's name: a store of somebody else may hold `..`
 */
export function runFolder(root: string, run: string): string {
  if (isRunId(run)) return join(root, run);
  throw new Problem(
    'store-damaged',
    `The store names a run ${JSON.stringify(run)}, which Kindling never does: it was written by another program and is not read further.`,
  );
}
