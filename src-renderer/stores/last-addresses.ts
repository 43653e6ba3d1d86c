import { useSessionStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { type LocationQueryRaw, type RouteLocationRaw, useRouter } from 'vue-router';

/** The pages of which there is one each: what was chosen there is found again. A new study is begun each time. */
const KEPT: readonly string[] = ['/runs', '/compare', '/layers', '/network', '/figures', '/settings'];

/** Where pages were left in this tab, with all that was chosen there. */
export const useLastAddresses = defineStore('last addresses', () => {
  const last = useSessionStorage<Readonly<Record<string, LocationQueryRaw>>>(
    'last addresses',
    {},
    { shallow: true },
  );
  const router = useRouter();
  router.afterEach(({ path, query }) => {
    if (KEPT.includes(path)) last.value = { ...last.value, [path]: query };
  });

  /** Leads back to where a page was left; on that page itself, to its beginning. */
  function backTo(path: string): RouteLocationRaw {
    if (router.currentRoute.value.path === path) return { path };
    // other runs may be selected by now, which are compared where no study is
    const query: LocationQueryRaw = {
      ...last.value[path],
      ...{ selected: undefined, 'selected-where': undefined },
    };
    const isOfStudy = 'study' in query;
    return { path, query: isOfStudy ? query : { ...query, runs: undefined, where: undefined } };
  }

  /** A page as it was left, but for this. */
  function backWith(path: string, query: LocationQueryRaw): RouteLocationRaw {
    return { path, query: { ...last.value[path], ...query } };
  }

  return { backTo, backWith };
});
