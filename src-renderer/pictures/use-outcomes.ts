import { computed, shallowRef, watch, type Ref } from 'vue';
import type { ImageOutcomes } from '../../src-shared/analysis/outcomes.ts';
import { request } from '../connection/request.ts';
import { useLoading } from '../stores/loading.ts';

export interface AskedOutcomes {
  /** Id of a run or of an imported network. */
  readonly run: string;
  /** Of a network the key of the images that it was looked at on; null for those that were last. */
  readonly images: string | null;
}

export interface LoadedOutcomes {
  /** In the order in which they are asked for; null where they are not computed yet. */
  readonly outcomes: Ref<readonly (ImageOutcomes | null)[]>;
  /** Whether they are of what is asked for now. */
  readonly isLoaded: Ref<boolean>;
  readonly problem: Ref<string>;
  readonly load: () => Promise<void>;
}

/** What runs or networks predict for their test images, as far as that has been computed. */
export function useOutcomes(asked: () => readonly AskedOutcomes[]): LoadedOutcomes {
  const loaded = shallowRef<{ readonly key: string; readonly outcomes: LoadedOutcomes['outcomes']['value'] }>(
    {
      key: '',
      outcomes: [],
    },
  );
  const key = computed(() => JSON.stringify(asked()));
  const { problem, load } = useLoading(async (isLatest) => {
    const wanted = key.value;
    const outcomes = await Promise.all(asked().map((each) => request('analysis.outcomes', each)));
    if (isLatest()) loaded.value = { key: wanted, outcomes };
  });
  watch(key, () => void load());
  return {
    outcomes: computed(() => loaded.value.outcomes),
    isLoaded: computed(() => loaded.value.key === key.value),
    problem,
    load,
  };
}
