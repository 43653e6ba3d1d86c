import { useEventListener, useSessionStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { whole } from '../../src-shared/numbers.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { optimizersOfStudy } from '../../src-shared/studies/check-recipe.ts';
import { LARGEST_FILE } from '../../src-shared/studies/study-limits.ts';
import { decodeText } from '../../src-shared/yaml/decode-text.ts';
import { request } from '../connection/request.ts';
import { type Beginning, editedDraft, type EditedDraft } from './edited-draft.ts';
import { editStudyText, studyFields, type DocumentPath } from './edit-study-text.ts';
import { useConnection } from '../stores/connection.ts';
import { type ListedDraft, useDrafts } from './drafts.ts';
import { useNotices } from '../stores/notices.ts';

/** What a new study starts from: the question that Kindling was made for, on the images that are always there. */
export const BEGINNING = `study: squeeze-ratio
dataset: shapes
network: { family: squeezenet, version: 1.1, stem: small, batchNorm: true, dropout: 0 }
vary:
  network.sr: [ 0.125, 0.25, 0.5, 1 ]
  network.pct3x3: [ 0, 0.5, 1 ]
seeds: 3
training: { epochs: 10, batch: 128, learningRate: 0.1 }
`;

type Fields = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(entry: [string, unknown]): entry is [string, unknown[]] {
  return Array.isArray(entry[1]);
}

/**
 * The study file that is being put together. Its text is all there is: what the form shows is read from it and what the
 * form changes is written into it, so that a file that was opened keeps its comments. It is a draft of the host as soon as
 * somebody has changed it, and beginning with another text leaves it there.
 */
export const useStudyDraft = defineStore('study draft', () => {
  const drafts = useDrafts();
  const notices = useNotices();
  const connection = useConnection();
  const edited = shallowRef<EditedDraft>(make({ kind: 'text', text: BEGINNING, isDraft: false }));

  function make(beginning: Beginning, key?: string): EditedDraft {
    const made = editedDraft(
      beginning,
      {
        save: async (text, draft) => {
          const kept = await request('drafts.save', { text, draft });
          drafts.put(kept.draft);
          return kept;
        },
        storage: localStorage,
        onApart: ({ name }) =>
          notices.show(
            'bad',
            `The draft ${name} was changed or deleted in another window. Nothing is lost: your version continues here as a separate draft, and the other is in the list if it still exists.`,
          ),
      },
      key,
    );
    drafts.editing(made.key);
    return made;
  }

  /** The former text stays a draft, if it is one. */
  function begin(beginning: Beginning, key?: string): void {
    const former = edited.value;
    edited.value = make(beginning, key);
    void former.keep();
    void edited.value.keep();
  }

  /** Begins with another text: one that is a draft from now on, as from a file, or only when it is changed. */
  function beginWith(text: string, { isDraft }: { readonly isDraft: boolean }): void {
    begin({ kind: 'text', text, isDraft });
  }

  /** Begins with a study file that was chosen. @throws Problem where it is too large for one */
  async function beginWithFile(file: File): Promise<void> {
    if (file.size > LARGEST_FILE) {
      const most = whole(LARGEST_FILE);
      throw new Problem('study-invalid', `${file.name} is not a study file: it has more than ${most} bytes.`);
    }
    beginWith(decodeText(new Uint8Array(await file.arrayBuffer())), { isDraft: true });
  }

  /** Gives the host what it lacks at once. Never rejects. */
  function keep(): Promise<void> {
    return edited.value.keep();
  }

  function open({ kept, browser }: ListedDraft): void {
    if (kept && kept.id === edited.value.kept.value?.id) return;
    if (kept) begin({ kind: 'draft', draft: kept });
    else if (browser && browser.key !== edited.value.key) {
      begin({ kind: 'browser', draft: browser }, browser.key);
    }
  }

  /** This text has become a study: its draft has done its work, unless somebody has gone on with it. */
  async function finish(saved: string): Promise<void> {
    const finished = edited.value;
    await finished.keep();
    begin({ kind: 'text', text: BEGINNING, isDraft: false });
    const of = finished.kept.value;
    if (of?.text === saved) await request('drafts.remove', { id: of.id, version: of.version });
  }

  const kept = computed(() => edited.value.kept.value);
  const isUnkept = computed(() => edited.value.isUnkept.value);
  const problem = computed(() => edited.value.problem.value);
  /** Null while there is nothing to come back to. */
  const key = computed(() => (problem.value === '' ? (kept.value?.id ?? null) : edited.value.key));

  // What another window does to the draft is seen here, too.
  watch([() => drafts.kept, isUnkept], () => {
    const now = drafts.kept.find(({ id }) => id === kept.value?.id);
    if (now) edited.value.take(now);
  });
  connection.listen((event) => {
    if (event.type !== 'draft removed' || event.id !== kept.value?.id) return;
    edited.value.detach();
    notices.show(
      'info',
      'Another window launched or deleted this draft. It is saved again as soon as you change it.',
    );
  });
  watch(problem, drafts.look);
  watch(
    () => connection.generation,
    () => void keep(),
  );
  /** The draft that this window has open, so that a reload comes back to it. At once: the page may be about to go. */
  const remembered = useSessionStorage('open draft', '', { flush: 'sync' });
  watch(key, (now) => void (remembered.value = now ?? ''));
  useEventListener('pagehide', () => {
    edited.value.leave();
    if (edited.value.isUnkept.value) remembered.value = edited.value.key;
  });

  /** The draft that this window had open before it was loaded anew; null where there is none. */
  function former(): ListedDraft | null {
    return drafts.find(remembered.value);
  }

  const text = computed({
    get: () => edited.value.text.value,
    set: (now) => edited.value.change(now),
  });

  /** Null where the text is no YAML or no map: then only the text can be edited. */
  const fields = computed(() => studyFields(text.value));

  /** One part of it, e.g. `network`; empty where it is missing or no map. */
  function part(name: string): Fields {
    const found = fields.value?.[name];
    return isMap(found) ? found : {};
  }

  /** What the study's cells train with: fields of other optimizers are refused. */
  const optimizers = computed(() => {
    const cells = fields.value?.['cells'];
    return optimizersOfStudy({
      training: part('training'),
      vary: Object.fromEntries(Object.entries(part('vary')).filter(isList)),
      cells: Array.isArray(cells) ? cells.filter(isMap) : [],
    });
  });

  /** Changes one value; undefined takes it away. */
  function set(path: DocumentPath, value: unknown): void {
    text.value = editStudyText(text.value, path, value);
  }

  return {
    ...{ text, fields, part, optimizers, set },
    ...{ kept, isUnkept, problem, key, former, beginWith, beginWithFile, open, keep, finish },
  };
});
