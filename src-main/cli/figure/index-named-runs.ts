import { indexRuns, type RunIndex } from '../../../src-shared/runs/run-index.ts';
import { describeDataset } from '../../datasets/describe-dataset.ts';
import { knownClasses } from '../../datasets/known-classes.ts';
import { dataFolder } from '../../home.ts';
import type { Store } from '../../store/store.ts';

/** Every run of a store, with the names of the classes of their data sets. */
export function indexNamedRuns(store: Store): RunIndex {
  const table = store.runTable();
  const datasets = table.runs.map(({ dataset }) => dataset);
  return indexRuns(
    table,
    knownClasses(datasets, (dataset) => describeDataset(dataset, dataFolder())),
  );
}
