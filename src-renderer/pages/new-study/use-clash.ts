import { ref, shallowRef, watch, computed, type Ref } from 'vue';
import type { StudyDetail } from '../../../src-shared/contract/api/studies.ts';
import { request } from '../../connection/request.ts';
import { useStudies } from '../../stores/studies.ts';
import type { CostedRow } from './evaluate-study.ts';
import { tellClash } from './tell-clash.ts';

/** What saving a study of this name would change; empty where there is none of this name. */
export function useClash(name: Ref<string>, rows: Ref<readonly CostedRow[]>): Ref<string> {
  const studies = useStudies();
  const there = shallowRef<StudyDetail | null>(null);
  const asked = ref('');
  const listing = computed(() => studies.studies.find((study) => study.name === name.value) ?? null);

  watch(
    listing,
    async (now) => {
      asked.value = now?.name ?? '';
      there.value = null;
      if (!now) return;
      // Without the answer there is nothing to say beforehand; the host checks again when it saves.
      const detail = await request('studies.get', { study: now.name }).catch(() => null);
      if (asked.value === now.name) there.value = detail;
    },
    { immediate: true },
  );

  return computed(() =>
    there.value
      ? tellClash(
          there.value,
          rows.value.map(({ cell }) => cell),
        )
      : '',
  );
}
