import { useLocalStorage, usePreferredDark } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Settings } from '../../src-shared/contract/api/settings.ts';
import { DEFAULT_RESUME_SECONDS } from '../../src-shared/studies/resume-seconds.ts';
import { request } from '../connection/request.ts';
import { useLoading } from './loading.ts';

/** What the user has chosen, and the theme that follows from it. */
export const useSettings = defineStore('settings', () => {
  // The theme is remembered beside the host's settings, so that a page begins in its colours.
  const remembered = useLocalStorage<Settings['theme']>('theme', 'system');
  const settings = shallowRef<Settings>({
    theme: remembered.value,
    jobs: null,
    resumeSeconds: DEFAULT_RESUME_SECONDS,
    executor: null,
    executorSettings: {},
  });
  const systemIsDark = usePreferredDark();
  const theme = computed<'light' | 'dark'>(() => {
    const chosen = settings.value.theme;
    if (chosen === 'light' || chosen === 'dark') return chosen;
    return systemIsDark.value ? 'dark' : 'light';
  });
  watch(
    theme,
    (now) => {
      document.documentElement.dataset['theme'] = now;
    },
    { immediate: true },
  );

  const loading = useLoading(async (isLatest) => {
    const found = await request('settings.get', {});
    if (isLatest()) settings.value = found;
  });

  async function change(part: Partial<Settings>): Promise<void> {
    if (part.theme) remembered.value = part.theme;
    settings.value = { ...settings.value, ...part };
    settings.value = await request('settings.set', part);
  }

  return { settings, theme, change, ...loading };
});
