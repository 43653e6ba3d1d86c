import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { StudyData } from '../../src-shared/studies/cost-cells.ts';
import { officialDataset } from './catalogue.ts';
import { describeDataset } from './describe-dataset.ts';

export interface DataToPlan extends StudyData {
  /** Null where the data is still to be downloaded. */
  readonly hash: string | null;
  /** To be downloaded. */
  readonly downloadBytes: number;
}

/**
 * What of a data set a plan needs: one that the program can download need not have been added.
 * @param dataRoot folder of the prepared data sets
 * @throws Problem as `describeDataset` of any other
 */
export function dataToPlan(name: string, dataRoot: string): DataToPlan {
  try {
    const { shape, classes, trainingCount, hash } = describeDataset(name, dataRoot);
    return { name, shape, classes: classes.length, trainingCount, hash, downloadBytes: 0 };
  } catch (error) {
    const official = officialDataset(name);
    if (!(error instanceof Problem) || error.code !== 'data-missing' || !official) throw error;
    const { shape, classes, trainingCount, files } = official;
    const downloadBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    return { name, shape, classes: classes.length, trainingCount, hash: null, downloadBytes };
  }
}
