import { join } from 'node:path';
import type { AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import { canonicalHash } from '../../src-shared/canonical-hash.ts';

/**
 * Where the files of an analysis lie: beside the run's checkpoints, so that they go with them.
 * @param artifacts the run's folder
 */
export function analysisFolder(artifacts: string, method: string, settings: AnalysisSettings): string {
  return join(artifacts, 'analysis', `${method}-${canonicalHash(settings)}`);
}
