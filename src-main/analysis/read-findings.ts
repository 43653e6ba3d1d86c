import { z } from 'zod';
import type { Analysis } from '../../src-shared/analysis/analysis-result.ts';
import type { WantedFindings } from '../../src-shared/analysis/findings.ts';
import { type SpareWorker, spareWorker } from '../work/spare-worker.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';

export interface FindingsTask {
  readonly storeFile: string;
  readonly runs: readonly string[];
  readonly wanted: WantedFindings;
}

export const FINDINGS: WorkKind<FindingsTask, Analysis[]> = {
  who: 'The reading of the findings',
  program: new URL('./findings-thread.ts', import.meta.url),
  carrier: 'thread',
  task: z.object({
    storeFile: z.string(),
    runs: z.array(z.string()),
    // strict: what a request may say and this does not know would be lost
    wanted: z.strictObject({
      findings: z.array(z.string()).optional(),
      layer: z.string().nullable().optional(),
      overTraining: z.boolean().optional(),
    }),
  }),
  // by the hundred thousand, and from the store: to look at each would cost the caller the time that the thread saves
  result: z.custom<Analysis[]>(Array.isArray),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'fewer runs',
  timeouts: READING_TIMEOUTS,
};

/**
 * `Store.analyses` in threads: what the lesions of all channels of a study found takes seconds to read. Most readings take
 * milliseconds and a page asks for many, which the start of a thread would delay.
 */
export function findingsReader(): SpareWorker<FindingsTask, Analysis[]> {
  return spareWorker(FINDINGS);
}
