import { METHODS } from '../analysis/methods/registry.ts';
import { describeDataset } from '../datasets/describe-dataset.ts';
import type { Store } from '../store/store.ts';
import type { ReportSetting } from './report-subject.ts';

/** What reports of a store are made from. @param dataRoot folder of the prepared data sets */
export function reportSetting(store: Store, dataRoot: string): ReportSetting {
  return { store, methods: METHODS, describeDataset: (name) => describeDataset(name, dataRoot) };
}
