import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { BEGINNING } from '../pages/new-study/beginning.ts';
import { editStudyText, studyFields, type DocumentPath } from '../pages/new-study/edit-study-text.ts';

const STORAGE = 'study draft';
const REST_MILLISECONDS = 300;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The study file that is being put together. Its text is all there is: what the form shows is read from it and what the
 * form changes is written into it, so that a file that was opened keeps its comments. It survives a reload.
 */
export const useStudyDraft = defineStore('study draft', () => {
  const text = ref(sessionStorage.getItem(STORAGE) ?? BEGINNING);

  // Writing takes a millisecond, which a slider that moves does not have.
  let waiting: number | undefined;
  const keep = (): void => sessionStorage.setItem(STORAGE, text.value);
  watch(text, () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(keep, REST_MILLISECONDS);
  });
  window.addEventListener('pagehide', keep);

  /** Null where the text is no YAML or no map: then only the text can be edited. */
  const fields = computed(() => studyFields(text.value));

  /** One part of it, e.g. `network`; empty where it is missing or no map. */
  function part(name: string): Fields {
    const found = fields.value?.[name];
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Fields) : {};
  }

  /** Changes one value; undefined takes it away. */
  function set(path: DocumentPath, value: unknown): void {
    text.value = editStudyText(text.value, path, value);
  }

  function clear(): void {
    text.value = BEGINNING;
  }

  return { text, fields, part, set, clear };
});
