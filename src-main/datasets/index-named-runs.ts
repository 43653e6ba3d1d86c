import type { RunTable } from '../../src-shared/contract/api/runs.ts';
import { indexRuns, type RunIndex } from '../../src-shared/runs/run-index.ts';
import type { DatasetDescription } from './dataset.ts';
import { knownDataset } from './known-dataset.ts';

/** Indexes runs, with the names of the classes of their data sets, without those of data sets that are not there (any more). */
export function indexNamedRuns(table: RunTable, describe: (dataset: string) => DatasetDescription): RunIndex {
  const datasets = [...new Set(table.runs.map(({ dataset }) => dataset))];
  const classes = datasets.flatMap((name) => {
    const known = knownDataset(() => describe(name));
    return known ? [[name, known.classes] as const] : [];
  });
  return indexRuns(table, new Map(classes));
}
