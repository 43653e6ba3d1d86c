import type { AnalysisEstimate } from '../../src-shared/contract/api/analysis.ts';
import type { Store } from '../store/store.ts';
import { timeEstimate } from './analysis-times.ts';
import { type AnalysisRequest, recallAnalyses } from './analyze-runs.ts';

/** Seconds until the analysing process is ready; it is started for each task. */
const START = 1.2;

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
  const timed = seconds.filter((each) => each !== null);
  return {
    known: recalled.length - missing.length,
    missing: missing.length,
    seconds: timed.reduce((sum, each) => sum + each, timed.length > 0 ? START : 0),
    untimed: seconds.length - timed.length,
  };
}
