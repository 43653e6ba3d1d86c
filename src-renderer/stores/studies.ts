import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import { request } from '../connection/request.ts';
import { useConnection } from './connection.ts';
import { useLoading } from './loading.ts';

/** All studies outside the trash, newest first. */
export const useStudies = defineStore('studies', () => {
  const studies = shallowRef<readonly StudyListing[]>([]);
  /** What the last study that ended left to say; for a notice. */
  const ended = ref<{ readonly study: string; readonly message: string; readonly well: boolean } | null>(
    null,
  );
  const loading = useLoading(async (isLatest) => {
    const listed = await request('studies.list', {});
    if (isLatest()) studies.value = listed;
  });

  function put(study: StudyListing): void {
    const known = studies.value.some(({ name }) => name === study.name);
    studies.value = known
      ? studies.value.map((other) => (other.name === study.name ? study : other))
      : [study, ...studies.value];
  }

  useConnection().listen((event) => {
    if (event.type === 'study') put(event.study);
    if (event.type === 'study ended') ended.value = event;
  });

  const running = computed(() =>
    studies.value.find(({ activity }) => ['running', 'pausing', 'stopping'].includes(activity)),
  );
  return { studies, ended, running, put, ...loading };
});
