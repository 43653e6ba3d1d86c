import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { DatasetDescription } from './dataset.ts';

/** A data set as `describe` has it; null where it is not there (any more). */
export function knownDataset(describe: () => DatasetDescription): DatasetDescription | null {
  try {
    return describe();
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
