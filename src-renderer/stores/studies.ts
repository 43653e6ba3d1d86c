import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import { request } from '../connection/request.ts';
import { useConnection } from './connection.ts';
import { useLoading } from './loading.ts';

/** All studies outside the trash, newest first. */
export const useStudies = defineStore('studies', () => {
  const studies = shallowRef<readonly StudyListing[]>([]);
  /** What the last study that ended left to say; for a notice. */
  const ended = shallowRef<Extract<ApplicationEvent, { readonly type: 'study ended' }> | null>(null);
  const loading = useLoading(
    async (isLatest) => {
      const listed = await request('studies.list', {});
      if (isLatest()) studies.value = listed;
    },
    (event) => {
      if (event.type === 'study') put(event.study);
    },
  );

  function put(study: StudyListing): void {
    studies.value = isKnown(study)
      ? studies.value.map((other) => (other.name === study.name ? study : other))
      : [study, ...studies.value];
  }

  function isKnown(study: StudyListing): boolean {
    return studies.value.some(({ name }) => name === study.name);
  }

  /** A study as it was saved, which may be new. What events have told of it meanwhile is newer. */
  function add(study: StudyListing): void {
    if (!isKnown(study)) put(study);
  }

  useConnection().listen((event) => {
    if (event.type === 'study ended') ended.value = event;
  });

  /** The study that this machine trains; else one that is trained elsewhere. */
  const running = computed(() => {
    const all = studies.value.filter(({ activity }) => ['running', 'pausing', 'stopping'].includes(activity));
    return all.find(({ elsewhere }) => elsewhere === null) ?? all[0];
  });
  return { studies, ended, running, add, ...loading };
});
