import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import { checkpointOf, LAST } from '../../../src-shared/analysis/checkpoints.ts';

/** What was found about one run or network at one checkpoint. */
export interface AnalysesAt {
  readonly run: string;
  readonly checkpoint: string;
  readonly analyses: readonly Analysis[];
}

/** In the order of the runs, and of the checkpoints as they were asked; a run of which nothing was found has an empty part. */
export function byCheckpoint(runs: readonly string[], analyses: readonly Analysis[]): AnalysesAt[] {
  const ofRun = Map.groupBy(analyses, ({ run }) => run);
  return runs.flatMap((run): AnalysesAt[] => {
    const parts = Map.groupBy(ofRun.get(run) ?? [], ({ settings }) => checkpointOf(settings));
    if (parts.size === 0) return [{ run, checkpoint: LAST, analyses: [] }];
    return Array.from(parts, ([checkpoint, own]) => ({ run, checkpoint, analyses: own }));
  });
}
