import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AskableMethod } from '../../src-shared/analysis/settings.ts';
import { request } from '../connection/request.ts';
import { useLoading } from './loading.ts';

/** What the layers of a trained network can be asked. */
export const useMethods = defineStore('methods', () => {
  const methods = shallowRef<readonly AskableMethod[]>([]);
  const loading = useLoading(async (isLatest) => {
    const described = await request('analysis.methods', {});
    if (isLatest()) methods.value = described;
  });
  return { methods, ...loading };
});
