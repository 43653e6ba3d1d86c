import { shallowRef, type ShallowRef } from 'vue';
import type { DatasetListing } from '../../src-shared/contract/api/datasets.ts';
import { request } from '../connection/request.ts';
import { type Loading, useLoading } from '../stores/loading.ts';
import { useTaskEnd } from '../stores/tasks.ts';

export interface LoadedDatasets extends Loading {
  /** Empty until they are loaded. */
  readonly datasets: ShallowRef<readonly DatasetListing[]>;
}

/** The data sets, for whose images networks are made; also those that are added meanwhile. */
export function useDatasets(): LoadedDatasets {
  const datasets = shallowRef<readonly DatasetListing[]>([]);
  const loading = useLoading(async (isLatest) => {
    const listed = await request('datasets.list', {});
    if (isLatest()) datasets.value = listed;
  });
  useTaskEnd(['datasets'], () => void loading.load());
  return { datasets, ...loading };
}
