import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ApplicationState } from '../../src-shared/contract/api/application.ts';
import { request } from '../connection/request.ts';
import { useLoading } from './loading.ts';

/** Who answers the page, and what can be done with its store. */
export const useHost = defineStore('host', () => {
  const state = shallowRef<ApplicationState | null>(null);
  const loading = useLoading(async (isLatest) => {
    const found = await request('application.state', {});
    if (isLatest()) state.value = found;
  });
  /** Why nothing can be changed, also while that is unknown; empty where it can. */
  const whyFixed = computed(() => {
    if (state.value === null) return 'Whether the store can be changed is still unknown.';
    return state.value.readOnly
      ? 'The store is open read-only: nothing can be trained, changed or removed here.'
      : '';
  });
  return { state, whyFixed, ...loading };
});
