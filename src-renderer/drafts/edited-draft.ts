import { useTimeoutFn } from '@vueuse/core';
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { KeptDraft, StudyDraft } from '../../src-shared/contract/api/drafts.ts';
import { type BrowserDraft, type DraftStorage, forgetInBrowser, keepInBrowser } from './browser-drafts.ts';

/** Milliseconds: a slider that moves and a hand that types are waited for. */
const REST = 300;

export interface DraftKeeper {
  /** Asks the host. @throws what the host says, or that it cannot be reached */
  readonly save: (
    text: string,
    draft: { readonly id: string; readonly base: string } | null,
  ) => Promise<KeptDraft>;
  readonly storage: DraftStorage;
  /** Another window changed the draft meanwhile: what is written here goes on as a draft of its own. */
  readonly onApart: (draft: StudyDraft) => void;
}

/** Where a text begins: with a draft, with a text that this browser kept, or with one that is no draft yet. */
export type Beginning =
  | { readonly kind: 'draft'; readonly draft: StudyDraft }
  | { readonly kind: 'browser'; readonly draft: BrowserDraft }
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Whether somebody would miss it, so that it is a draft before it is changed. */
      readonly isDraft: boolean;
    };

/** A draft in an editor. Every change is given to the host soon, and to the browser where the host has it not. */
export interface EditedDraft {
  readonly text: Readonly<Ref<string>>;
  /** The draft as the host has it; null where it has none. */
  readonly kept: Readonly<Ref<StudyDraft | null>>;
  /** Whether the host lacks something of the text that somebody wrote. */
  readonly isUnkept: ComputedRef<boolean>;
  /** Why the host has it not; empty where all is well. */
  readonly problem: Readonly<Ref<string>>;
  /** Of the text in this browser's storage. */
  readonly key: string;
  change(text: string): void;
  /** Gives the host what it lacks. Never rejects. */
  keep(): Promise<void>;
  /** What the page can still do when it goes: leaves what the host lacks in the browser. */
  leave(): void;
  /** The draft has changed on the host. A text that the host lacks is not given up for it. */
  take(draft: StudyDraft): void;
  /** The draft is gone from the host. */
  detach(): void;
}

export function editedDraft(
  beginning: Beginning,
  { save, storage, onApart }: DraftKeeper,
  key: string = crypto.randomUUID(),
): EditedDraft {
  const text = ref(beginning.kind === 'text' ? beginning.text : beginning.draft.text);
  const kept = shallowRef<StudyDraft | null>(beginning.kind === 'draft' ? beginning.draft : null);
  const problem = ref('');
  /** What nobody would miss: as the host has it, or as it began. */
  const isSafe = beginning.kind === 'draft' || (beginning.kind === 'text' && !beginning.isDraft);
  const safe = ref(isSafe ? text.value : null);
  const isUnkept = computed(() => text.value !== safe.value);
  /** The draft that the next version belongs to. */
  let target = beginning.kind === 'browser' ? beginning.draft.draft : baseOf(kept.value);
  const rest = useTimeoutFn(() => void keep(), REST, { immediate: false });
  let saving: Promise<void> | null = null;

  function change(next: string): void {
    text.value = next;
    rest.start();
  }

  function keep(): Promise<void> {
    rest.stop();
    saving ??= keepAll().finally(() => {
      saving = null;
    });
    return saving;
  }

  async function keepAll(): Promise<void> {
    while (isUnkept.value) {
      const sent = text.value;
      try {
        const { draft, isApart } = await save(sent, target);
        safe.value = sent;
        kept.value = draft;
        target = baseOf(draft);
        problem.value = '';
        if (isApart) onApart(draft);
      } catch (error) {
        problem.value = error instanceof Error ? error.message : String(error);
        leave();
        return;
      }
    }
    problem.value = '';
    forgetInBrowser(storage, key);
  }

  function leave(): void {
    if (!isUnkept.value) return;
    const changedAt = new Date().toISOString();
    if (!keepInBrowser(storage, { key, draft: target, text: text.value, changedAt }))
      problem.value = `${problem.value} This browser cannot keep it either: save it as a file.`.trim();
  }

  function take(draft: StudyDraft): void {
    const isNews = kept.value?.id === draft.id && draft.changedAt > kept.value.changedAt;
    if (!isNews || isUnkept.value) return;
    text.value = draft.text;
    safe.value = draft.text;
    kept.value = draft;
    target = baseOf(draft);
  }

  function detach(): void {
    kept.value = null;
    target = null;
  }

  return { text, kept, isUnkept, problem, key, change, keep, leave, take, detach };
}

function baseOf(draft: StudyDraft | null): { readonly id: string; readonly base: string } | null {
  return draft && { id: draft.id, base: draft.version };
}
