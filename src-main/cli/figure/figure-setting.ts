import { METHODS } from '../../analysis/methods/registry.ts';
import type { DatasetDescription } from '../../datasets/dataset.ts';
import { describeDataset } from '../../datasets/describe-dataset.ts';
import { indexNamedRuns } from '../../datasets/index-named-runs.ts';
import { knownDataset } from '../../datasets/known-dataset.ts';
import type { FigureSetting } from '../../figures/render-figure.ts';
import { dataFolder } from '../../home.ts';
import type { Store } from '../../store/store.ts';

/** What figures of a store are drawn from. */
export function figureSetting(store: Store): FigureSetting {
  const describe = (dataset: string): DatasetDescription => describeDataset(dataset, dataFolder());
  return {
    store,
    index: indexNamedRuns(store.runTable(), describe),
    datasetOf: (dataset) => knownDataset(() => describe(dataset)),
    methods: METHODS,
  };
}
