import { onScopeDispose, ref, watch, type Ref } from 'vue';

const REST_MILLISECONDS = 1000;

/** What a screen reader is told, once the hand rests: reading out every step of a slider would help nobody. */
export function useAnnouncement(summary: () => string): Ref<string> {
  const said = ref('');
  let waiting: number | undefined;
  watch(summary, (now) => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      said.value = now;
    }, REST_MILLISECONDS);
  });
  onScopeDispose(() => clearTimeout(waiting));
  return said;
}
