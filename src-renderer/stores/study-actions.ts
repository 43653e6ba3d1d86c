import { decimalSize } from '../../src-shared/numbers.ts';
import { useRouter } from 'vue-router';
import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import type { LaunchPlace } from './launch-place.ts';
import { request } from '../connection/request.ts';
import { useNotices } from './notices.ts';
import { useUndo } from './undo.ts';

/** What can be done with a study; each shows its error. */
export interface StudyActions {
  pause(study: string): Promise<void>;
  /** @param place null: where its runs are, or where it was before a pause, else on this machine */
  resume(study: string, retryDiverged?: boolean, place?: LaunchPlace | null): Promise<void>;
  cancel(study: string): Promise<void>;
  addSeeds(study: string, count: number, cells: readonly string[] | null): Promise<void>;
  /** Resolves to whether it was done. */
  tag(study: string, addTags: readonly string[], removeTags: readonly string[]): Promise<boolean>;
  trash(study: string): Promise<void>;
  duplicate(study: string): void;
}

export function useStudyActions(): StudyActions {
  const notices = useNotices();
  const undo = useUndo();
  const router = useRouter();

  /** What comes of it is told by events. */
  async function change(work: () => Promise<StudyListing>): Promise<void> {
    await notices.attempt(work);
  }

  return {
    pause: (study) => change(() => request('studies.pause', { study })),
    resume: (study, retryDiverged = false, place = null) =>
      change(() => request('studies.resume', { study, retryDiverged, ...place })),
    cancel: (study) => change(() => request('studies.cancel', { study })),
    addSeeds: (study, count, cells) =>
      change(() =>
        request('studies.addSeeds', {
          study,
          count,
          cells: cells === null ? null : [...cells],
          launch: true,
        }),
      ),
    async tag(study, addTags, removeTags) {
      const before = await notices.attempt(() => request('studies.get', { study }));
      if (!before) return false;
      const { tags } = before.listing;
      // what changes nothing is not taken back
      const added = addTags.filter((tag) => !tags.includes(tag));
      const removed = removeTags.filter((tag) => tags.includes(tag));
      if (added.length + removed.length === 0) return true;
      const change = { addTags: added, removeTags: removed };
      if (!(await notices.attempt(() => request('studies.tag', { study, ...change })))) return false;
      undo.did({
        done: `The tags of ${study} were changed.`,
        undo: async () => {
          await request('studies.tag', { study, addTags: removed, removeTags: added });
          return `The tags of ${study} are as before.`;
        },
      });
      return true;
    },
    async trash(study) {
      const trashed = await notices.attempt(() => request('studies.trash', { study }));
      if (!trashed) return;
      undo.did({
        done: `${study} is in the trash; emptying it frees ${decimalSize(trashed.bytes)}.`,
        undo: async () => {
          await request('studies.restore', { study });
          return `${study} is back.`;
        },
      });
      await router.push('/studies');
    },
    duplicate: (study) => void router.push({ path: '/new', query: { from: study } }),
  };
}
