import { z } from 'zod';
import type { AnalysisFile, AnalysisResult } from '../../src-shared/analysis/analysis-result.ts';
import { analysisEnvironment } from './analysis-environment.ts';
import { type LentWorker, lentWorker } from '../work/lent-worker.ts';
import { type WarmWorker, warmWorker } from '../work/warm-worker.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import { subjectSpecificationSchema } from './subject-specification.ts';

const settingsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** One method on one run. */
const analysisTaskSchema = z.object({
  subject: subjectSpecificationSchema,
  /** Runs to compare with. */
  peers: z.array(subjectSpecificationSchema),
  method: z.string(),
  /** All settings of the method. */
  settings: settingsSchema,
  /** For the method's files; made where there are any, in the place of what was there. */
  folder: z.string(),
});
export type AnalysisTask = z.infer<typeof analysisTaskSchema>;

const number = z.number().nullable();

const resultSchema: z.ZodType<AnalysisResult> = z.object({
  method: z.string(),
  measure: z.string(),
  layer: z.string().nullable(),
  role: z.string().nullable(),
  channel: z.int().nullable(),
  other: z.object({ run: z.string(), layer: z.string() }).exactOptional(),
  value: number,
  interval: z.tuple([z.number(), z.number()]).nullable(),
  baselines: z.record(z.string(), number),
  settings: settingsSchema,
});

const fileSchema: z.ZodType<AnalysisFile> = z.object({
  file: z.string(),
  kind: z.enum(['picture', 'array']),
  mediaType: z.string(),
  layer: z.string().nullable(),
  title: z.string(),
});

const findingsSchema = z.object({
  results: z.array(resultSchema),
  files: z.array(fileSchema),
  seconds: z.number(),
});
export type AnalysisFindings = z.infer<typeof findingsSchema>;

const advanceSchema = z.object({
  /** That is done, from 0 to 1. */
  share: z.number(),
  /** What was found since it was told last. */
  found: z.array(resultSchema),
});
export type AnalysisAdvance = z.infer<typeof advanceSchema>;

/** Runs one method on one run at a time and tells the share that is done, and what was found; keeps the runs of its last tasks open. */
export const ANALYSIS: WorkKind<AnalysisTask, AnalysisFindings, AnalysisAdvance> = {
  who: 'The analysing process',
  program: new URL('./main.ts', import.meta.url),
  carrier: 'process',
  task: analysisTaskSchema,
  result: findingsSchema,
  progress: advanceSchema,
  about: z.null(),
  lessMemory: 'fewer images',
  timeouts: TIMEOUTS,
};

export type AnalysisWorker = WarmWorker<AnalysisTask, AnalysisFindings, AnalysisAdvance>;

/** @param home folder of the engines */
export function analysisWorker(home: string): AnalysisWorker {
  return warmWorker(ANALYSIS, () => analysisEnvironment(home));
}

/** For one request after the other, each begun with the engine of its analyses. */
export type LentAnalysisWorker = LentWorker<AnalysisWorker>;

/** @param home folder of the engines */
export function lentAnalysisWorker(home: string): LentAnalysisWorker {
  return lentWorker(() => analysisWorker(home));
}
