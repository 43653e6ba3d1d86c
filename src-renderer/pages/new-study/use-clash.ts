import { computed, shallowRef, watch, type Ref } from 'vue';
import { counted } from '../../../src-shared/counted.ts';
import { canonicalJson } from '../../../src-shared/canonical-hash.ts';
import type { Cell } from '../../../src-shared/studies/cell.ts';
import type { StudyDefinition } from '../../../src-shared/studies/study-definition.ts';
import type { StudyDetail } from '../../../src-shared/contract/api/studies.ts';
import { request } from '../../connection/request.ts';
import { latestOnly } from '../../stores/latest.ts';
import { useStudies } from '../../stores/studies.ts';
import type { CostedRow } from './evaluate-study.ts';
import { whole } from '../../../src-shared/numbers.ts';

/** A study that has the name of the draft already. */
export interface Clash {
  /** What saving the draft would do to it, for people. */
  readonly text: string;
  /** Whether it would become another one, so that saving is asked about; a launch of the same study continues it. */
  readonly changes: boolean;
}

interface KnownClash {
  /** Null where there is none. */
  readonly clash: Ref<Clash | null>;
  /** Whether it is not known yet if there is one. */
  readonly isOpen: Ref<boolean>;
}

/** The study that has this name. */
export function useClash(
  name: Ref<string>,
  definition: Ref<StudyDefinition | null>,
  rows: Ref<readonly CostedRow[]>,
): KnownClash {
  const studies = useStudies();
  /** The last answer, and about which name; null where the study could not be had: the host checks again when it saves. */
  const answer = shallowRef<{ readonly name: string; readonly study: StudyDetail | null } | null>(null);
  const listing = computed(() => studies.studies.find((study) => study.name === name.value) ?? null);
  const begin = latestOnly();

  // what was answered before holds until the next answer: the listing of a study that trains is another one every second
  watch(
    listing,
    async (now) => {
      const isLatest = begin();
      if (!now) return;
      const study = await request('studies.get', { study: now.name }).catch(() => null);
      if (isLatest()) answer.value = { name: now.name, study };
    },
    { immediate: true },
  );

  const own = computed(() => (listing.value?.name === answer.value?.name ? answer.value : null));
  const clash = computed(() => {
    const there = own.value?.study;
    if (!there) return null;
    const changes = canonicalJson(there.definition) !== canonicalJson(definition.value);
    const cells = rows.value.map(({ cell }) => cell);
    return { changes, text: changes ? tellClash(there, cells) : tellSame(there) };
  });
  const isOpen = computed(() => studies.pending || (listing.value !== null && own.value === null));
  return { clash, isOpen };
}

function tellSame({ listing: { complete, wanted } }: StudyDetail): string {
  const missing = wanted - complete;
  const then = missing > 0 ? 'Launching trains what is missing' : 'Nothing is missing';
  return `This study exists, with ${whole(complete)} of ${counted(wanted, 'run')} complete. ${then}. Use another name to create a new study.`;
}

/** What saving the draft does to the study that has its name already. */
function tellClash({ listing, cells }: StudyDetail, draft: readonly Cell[]): string {
  const there = new Set(cells.map(({ id }) => id));
  const kept = draft.filter(({ id }) => there.has(id)).length;
  const added = draft.length - kept;
  const gone = cells.length - kept;
  const parts = [
    kept > 0
      ? `${counted(kept, 'cell')} ${kept === 1 ? 'is' : 'are'} unchanged and ${kept === 1 ? 'keeps its' : 'keep their'} runs`
      : null,
    added > 0 ? `${counted(added, 'cell')} ${added === 1 ? 'is' : 'are'} new` : null,
    gone > 0
      ? `${counted(gone, 'cell')} ${gone === 1 ? 'leaves' : 'leave'} the study, but ${gone === 1 ? 'its' : 'their'} runs stay in the store`
      : null,
  ].filter((part) => part !== null);
  return `A study with this name exists, with ${counted(listing.complete, 'complete run')}. Saving changes it: ${parts.join('; ')}. Use another name to create a new study.`;
}
