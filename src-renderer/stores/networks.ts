import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { request } from '../connection/request.ts';
import { useLoading } from './loading.ts';

/** The networks that were trained elsewhere; none until they are loaded. */
export const useNetworks = defineStore('networks', () => {
  const networks = shallowRef<readonly NetworkRecord[]>([]);
  const loading = useLoading(async (isLatest) => {
    const listed = await request('networks.list', {});
    if (isLatest()) networks.value = listed;
  });
  return { networks, ...loading };
});
