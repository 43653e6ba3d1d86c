import { nullIfProblem } from '../../src-shared/mistakes/null-if-problem.ts';
import type { DatasetDescription } from './dataset.ts';

/** A data set as `describe` has it; null where it is not there (any more). */
export function knownDataset(describe: () => DatasetDescription): DatasetDescription | null {
  return nullIfProblem(describe);
}
