import { shallowRef, type ShallowRef } from 'vue';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { request } from '../connection/request.ts';
import { type Loading, useLoading } from '../stores/loading.ts';

export interface LoadedNetworks extends Loading {
  /** Empty until they are loaded. */
  readonly networks: ShallowRef<readonly NetworkRecord[]>;
}

/** The networks that were trained elsewhere. */
export function useNetworks(): LoadedNetworks {
  const networks = shallowRef<readonly NetworkRecord[]>([]);
  const loading = useLoading(async (isLatest) => {
    const listed = await request('networks.list', {});
    if (isLatest()) networks.value = listed;
  });
  return { networks, ...loading };
}
