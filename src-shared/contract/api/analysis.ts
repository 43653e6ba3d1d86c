import { z } from 'zod';
import type { Analysis, KnownAnalysis, MethodDescription } from '../../analysis/analysis-result.ts';
import type { ExportedFile } from './files.ts';
import { nothing, request } from './request.ts';
import type { Task } from './tasks.ts';

const names = z.array(z.string()).min(1);

export const analysisRequests = {
  /** What can be found out about the layers of a trained network. */
  'analysis.methods': request<readonly MethodDescription[]>()(nothing),
  /** What is known of these runs (unknown ones are left out), by these methods or by all, oldest first. */
  'analysis.results': request<readonly Analysis[]>()(
    z.strictObject({ runs: names, methods: names.optional() }),
  ),
  /** What has been asked of these runs (unknown ones are left out), oldest first. */
  'analysis.known': request<readonly KnownAnalysis[]>()(z.strictObject({ runs: names })),
  /**
   * Computes what is not known yet; what is found is there at once, whether the task comes to its end or not. One at a
   * time. `images` is for the methods that have this setting; their defaults without it.
   */
  'analysis.start': request<Task>()(
    z.strictObject({ runs: names, methods: names, images: z.int().min(20).max(100_000).optional() }),
  ),
  /** A file that an analysis names; run, method and settings are those of the analysis. */
  'analysis.file': request<ExportedFile>()(
    z.strictObject({
      run: z.string(),
      method: z.string(),
      settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      file: z.string(),
    }),
  ),
} as const;

/** What the task of `analysis.start` is called, by which it is known again. */
export function analysisTitle(runs: readonly string[]): string {
  return runs.length === 1 ? `Analyse run ${runs[0] ?? ''}` : `Analyse ${runs.length} runs`;
}
