import type { Analysis } from '../../src-shared/analysis/analysis-result.ts';
import type { WantedFindings } from '../../src-shared/analysis/findings.ts';
import { runInThread } from '../threads/run-in-thread.ts';

export interface FindingsTask {
  readonly storeFile: string;
  readonly runs: readonly string[];
  readonly wanted: WantedFindings;
}

/**
 * `Store.analyses` in a thread of its own: what the lesions of all channels of a study found takes seconds to read.
 * @throws Problem of the store
 */
export function readFindings(task: FindingsTask): Promise<Analysis[]> {
  return runInThread<Analysis[]>(new URL('./findings-thread.ts', import.meta.url), task);
}
