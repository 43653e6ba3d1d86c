import type { MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import type { ChartSource } from '../../src-shared/charts/chart-source.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import type { ChosenRuns } from '../../src-shared/runs/choose-runs.ts';
import { mainMetric } from '../../src-shared/studies/imported-study.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import { indexNamedRuns } from '../datasets/index-named-runs.ts';
import { knownDataset } from '../datasets/known-dataset.ts';
import { figureRuns } from '../figures/figure-runs.ts';
import { storeSource } from '../figures/store-source.ts';
import type { Store, StudyRecord } from '../store/store.ts';

/** What a report is made from. */
export interface ReportSetting {
  readonly store: Store;
  /** @throws Problem for a data set that is not there (any more) */
  readonly describeDataset: (name: string) => DatasetDescription;
  /** What layers can be asked. */
  readonly methods: readonly MethodDescription[];
}

/** A study of which everything that a report tells has been gathered, but for what each figure shows. */
export interface ReportSubject extends ReportSetting {
  readonly study: StudyRecord;
  readonly chosen: ChosenRuns;
  readonly source: ChartSource;
  /** Its cells with the metric that it is about. */
  readonly table: CellTable;
  /** Null where it is not there (any more). */
  readonly dataset: DatasetDescription | null;
}

/** @throws Problem `not-found` for a study that there is not, and those of the store */
export function reportSubject(setting: ReportSetting, name: string): ReportSubject {
  const { store, describeDataset } = setting;
  const study = store.study(name);
  const runs = store.runs({ study: name }).map(({ id }) => id);
  const index = indexNamedRuns(store.runTable(runs), describeDataset);
  const chosen = figureRuns(store, index, { kind: 'study', study: name });
  const datasetOf = (dataset: string): DatasetDescription | null =>
    knownDataset(() => describeDataset(dataset));
  const source = storeSource(store, chosen, { ...setting, datasetOf });
  return {
    ...{ ...setting, study, chosen, source },
    table: source.cells(mainMetric(study.definition)),
    dataset: study.dataset === '' ? null : datasetOf(study.dataset),
  };
}
