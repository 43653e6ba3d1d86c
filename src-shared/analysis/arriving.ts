import { canonicalJson } from '../canonical-hash.ts';
import type { Analysis, KnownAnalysis } from './analysis-result.ts';

/**
 * What is found so far by an analysis that is being computed: numbers that stay as they are, of the first layers. It is shown while
 * the others come, and never stored.
 */
export interface ArrivingAnalysis extends Analysis {
  /** It goes on; it is whole, and stored; or it was cancelled or failed, and nothing of it is kept. */
  readonly state: 'arriving' | 'stored' | 'dropped';
}

/** Of how many layers there are numbers so far. */
export function arrivedLayers({ results }: Pick<Analysis, 'results'>): number {
  return new Set(results.map(({ layer }) => layer)).size;
}

/** Those that are not among what is known already. */
export function unknownYet<Arriving extends KnownAnalysis>(
  arriving: readonly Arriving[],
  known: readonly KnownAnalysis[],
): readonly Arriving[] {
  if (arriving.length === 0) return arriving;
  const keys = new Set(known.map(analysisKey));
  return arriving.filter((each) => !keys.has(analysisKey(each)));
}

/** Equal for analyses of one run by one method with the same settings. */
export function analysisKey({
  run,
  method,
  settings,
}: Pick<Analysis, 'run' | 'method' | 'settings'>): string {
  return canonicalJson([run, method, settings]);
}
