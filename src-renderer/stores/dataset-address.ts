import type { RunRow } from '../../src-shared/runs/run-row.ts';

/** The page of a data set. */
export function datasetPath(name: string): string {
  return `/datasets/${encodeURIComponent(name)}`;
}

/** The page of the data set of a run or study; null for an imported one, whose data set is a name only. */
export function datasetAddress({
  dataset,
  importedFrom,
}: Pick<RunRow, 'dataset' | 'importedFrom'>): string | null {
  return dataset === '' || importedFrom !== null ? null : datasetPath(dataset);
}
