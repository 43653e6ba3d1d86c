import type { AnalysisEstimate } from '../../src-shared/contract/api/analysis.ts';
import type { Store } from '../store/store.ts';
import { timeEstimate } from './analysis-times.ts';
import { type AnalysisRequest, recallAnalyses } from './analyze-runs.ts';

/**
 * How long analyses would take by the times of earlier ones. Methods that cannot be asked of a run are left out, as they are when they
 * are asked.
 * @throws Problem `not-found`, `usage` for a run that is not complete
 */
export function estimateAnalyses(
  request: Omit<AnalysisRequest, 'again'>,
  store: Store,
  dataRoot: string,
): AnalysisEstimate {
  const recalled = recallAnalyses(request, store, dataRoot, () => undefined);
  const missing = recalled.filter(({ known }) => known === null);
  const estimate = timeEstimate(store);
  const seconds = missing.map(({ run, step }) => {
    const asked = request.asked[step];
    return asked ? estimate(run, asked) : null;
  });
  return {
    known: recalled.length - missing.length,
    missing: missing.length,
    seconds: seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    untimed: seconds.filter((each) => each === null).length,
  };
}
