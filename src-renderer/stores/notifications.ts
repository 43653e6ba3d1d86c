import { until, useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useRouter } from 'vue-router';
import type { StudyNews } from '../../src-shared/contract/study-news.ts';
import { transport } from '../connection/request.ts';
import { useConnection } from './connection.ts';

/**
 * Notifications of the browser: that a study has ended, and the first of its runs that fails. They are wanted by whoever
 * asked for them here, where the browser allows it; the window has those of the system.
 */
export const useNotifications = defineStore('notifications', () => {
  const isPossible = transport.host === 'browser' && 'Notification' in globalThis;
  const permission = ref<NotificationPermission>(isPossible ? Notification.permission : 'denied');
  const wanted = useLocalStorage('notifications', false);
  const isOn = computed(() => wanted.value && permission.value === 'granted');

  /** Asks the browser for its permission where that is not decided yet. */
  async function want(now: boolean): Promise<void> {
    wanted.value = now;
    if (now && permission.value === 'default') permission.value = await Notification.requestPermission();
  }

  /** To be called once, where a router is. */
  function start(): void {
    if (!isPossible) return;
    const router = useRouter();
    const connection = useConnection();
    void until(isOn)
      .toBe(true)
      .then(async () => {
        const { studyNews } = await import('../../src-shared/contract/study-news.ts');
        const findNews = studyNews();
        connection.listen((event) => {
          const news = findNews(event);
          if (news) tell(news);
        });
      });

    function tell({ study, title, body }: StudyNews): void {
      if (!isOn.value || isSeen()) return;
      // several tabs tell the same once
      const notification = new Notification(title, { body, tag: title });
      notification.addEventListener('click', () => {
        window.focus();
        void router.push(`/studies/${encodeURIComponent(study)}`);
        notification.close();
      });
    }
  }

  return { isPossible, permission, isOn, want, start };
});

/** Whoever has the page in front of them sees it there. */
function isSeen(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
