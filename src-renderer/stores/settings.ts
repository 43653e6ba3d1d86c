import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Settings } from '../../src-shared/contract/api/settings.ts';
import { request } from '../connection/request.ts';
import { useLoading } from './loading.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** What the user has chosen, and the theme that follows from it. */
export const useSettings = defineStore('settings', () => {
  // The theme is remembered beside the host's settings, so that a page begins in its colours.
  const remembered = localStorage.getItem('theme');
  const settings = shallowRef<Settings>({
    theme: remembered === 'light' || remembered === 'dark' ? remembered : 'system',
    jobs: null,
  });
  const systemIsDark = ref(dark.matches);
  dark.addEventListener('change', ({ matches }) => {
    systemIsDark.value = matches;
  });
  const theme = computed<'light' | 'dark'>(() => {
    const chosen = settings.value.theme;
    if (chosen !== 'system') return chosen;
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
    if (part.theme) localStorage.setItem('theme', part.theme);
    settings.value = { ...settings.value, ...part };
    settings.value = await request('settings.set', part);
  }

  return { settings, theme, change, ...loading };
});
