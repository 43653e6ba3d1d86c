import { z } from 'zod';
import type { AnalysisFile, AnalysisResult } from '../../src-shared/analysis/analysis-result.ts';
import type { ProblemCode } from '../../src-shared/contract/problem.ts';
import { subjectSpecificationSchema } from './subject-specification.ts';

/** One method on one run. */
export const analysisTaskSchema = z.object({
  subject: subjectSpecificationSchema,
  /** Runs to compare with. */
  peers: z.array(subjectSpecificationSchema),
  method: z.string(),
  /** All settings of the method. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** For the method's files; made where there are any, in the place of what was there. */
  folder: z.string(),
});
export type AnalysisTask = z.infer<typeof analysisTaskSchema>;

/** What the application says to the analysing process, over the IPC channel of a child. One task at a time. */
export const toAnalystSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('analyze'), task: analysisTaskSchema }),
  /** End the task in progress soon; answered by `cancelled`. */
  z.object({ type: z.literal('cancel') }),
]);
export type ToAnalyst = z.infer<typeof toAnalystSchema>;

export interface AnalysisFindings {
  readonly results: readonly AnalysisResult[];
  readonly files: readonly AnalysisFile[];
  readonly seconds: number;
}

/** What it answers: both are of the same version, since one starts the other. */
export type FromAnalyst =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'complete'; readonly findings: AnalysisFindings }
  /** `code` is null for a bug, whose message is its stack. */
  | { readonly type: 'failed'; readonly code: ProblemCode | null; readonly message: string }
  | { readonly type: 'cancelled' };
