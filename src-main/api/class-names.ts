import { Problem } from '../../src-shared/contract/problem.ts';
import type { Equipment } from './equipment.ts';

/** The classes of a data set; none where it is not there (any more). */
export function classNames(equipment: Equipment, dataset: string): readonly string[] {
  try {
    return equipment.describeDataset(dataset).classes;
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
