import { ref, watch, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { request } from '../../connection/request.ts';
import { useDrafts } from '../../drafts/drafts.ts';
import { editStudyText } from '../../drafts/edit-study-text.ts';
import { useStudyDraft } from '../../drafts/study-draft.ts';
import { latestOnly } from '../../stores/latest.ts';
import { useNotices } from '../../stores/notices.ts';
import { useStudies } from '../../stores/studies.ts';

/**
 * Opens what the page's address asks for: a draft, a copy of a study, or an example; else what this window had open. The address then names
 * the draft.
 * @returns whether the text is the one that was asked for. What is written before would go on in a draft of its own.
 */
export function useBeginning(): Ref<boolean> {
  const route = useRoute();
  const router = useRouter();
  const notices = useNotices();
  const studies = useStudies();
  const draft = useStudyDraft();
  const drafts = useDrafts();
  const isBegun = ref(false);
  const beginning = latestOnly();

  async function begin(): Promise<void> {
    if (drafts.pending || route.path !== '/new') return;
    const isLatest = beginning();
    const { draft: wanted, from, example } = route.query;
    await notices.attempt(async () => {
      if (typeof wanted === 'string') return openDraft(wanted);
      const copied =
        typeof from === 'string'
          ? await copyOf(from)
          : typeof example === 'string'
            ? await textOfExample(example)
            : null;
      if (!isLatest()) return;
      if (copied !== null) draft.beginWith(copied, { isDraft: false });
      else if (draft.key === null) openDraft(null);
    });
    if (isLatest()) isBegun.value = true;
  }

  /** @param wanted null for the one that this window had open. */
  function openDraft(wanted: string | null): void {
    if (wanted !== null && wanted === draft.key) return;
    const found = wanted === null ? draft.former() : drafts.find(wanted);
    if (found) draft.open(found);
    else if (wanted !== null) throw new Error('This draft no longer exists: it was launched or deleted.');
  }

  async function copyOf(study: string): Promise<string> {
    const { text: copied } = await request('studies.get', { study });
    return editStudyText(copied, ['study'], freeName(`${study}-copy`));
  }

  function freeName(wanted: string): string {
    const taken = new Set(studies.studies.map((study) => study.name));
    let free = wanted;
    for (let number = 2; taken.has(free); number++) free = `${wanted}-${number}`;
    return free;
  }

  watch([() => route.query, () => drafts.pending], begin, { immediate: true });
  // The address leads back to what is open; a reload must not take back what was changed since.
  watch(
    () => draft.key,
    (key) => {
      if (key !== null && route.query['draft'] !== key)
        void router.replace({ path: '/new', query: { draft: key } });
    },
    { immediate: true },
  );
  return isBegun;
}

async function textOfExample(wanted: string): Promise<string> {
  const examples = await request('studies.examples', {});
  const found = examples.find((other) => other.name === wanted);
  if (!found) throw new Error(`There is no example ${wanted}.`);
  return found.text;
}
