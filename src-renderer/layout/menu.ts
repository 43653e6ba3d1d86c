import { defineStore } from 'pinia';
import { computed, onBeforeUnmount, onMounted, shallowReactive, watchEffect } from 'vue';
import { type Router, useRouter } from 'vue-router';
import { bridge } from '../connection/desktop-transport.ts';

/** The commands of the window's menu; in a browser there are none. */
export const useMenu = defineStore('menu', () => {
  /** Of the page that is shown, the last one first. */
  const savers = shallowReactive<(() => void)[]>([]);
  const canSave = computed(() => savers.length > 0);

  /** Begins to listen; to be called once, where a router is. */
  function start(): void {
    const router = useRouter();
    watchEffect(() => bridge?.offer({ save: canSave.value }));
    bridge?.onCommand((command) => {
      switch (command.type) {
        case 'show':
          void router.push(command.address);
          break;
        case 'open study file':
          void openStudy(command.file.text, router);
          break;
        case 'save':
          savers[0]?.();
          break;
      }
    });
  }

  function addSaver(save: () => void): () => void {
    savers.unshift(save);
    return () => {
      savers.splice(savers.indexOf(save), 1);
    };
  }

  return { start, addSaver };
});

/** What the menu's Save does while this component is shown. */
export function useMenuSave(save: () => void): void {
  const menu = useMenu();
  let remove: (() => void) | undefined;
  onMounted(() => {
    remove = menu.addSaver(save);
  });
  onBeforeUnmount(() => remove?.());
}

/** What reads study files is loaded with the first of them. */
async function openStudy(text: string, router: Router): Promise<void> {
  const { useStudyDraft } = await import('../drafts/study-draft.ts');
  useStudyDraft().beginWith(text, { isDraft: true });
  await router.push('/new');
}
