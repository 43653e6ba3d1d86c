import type { draftRequests } from '../../src-shared/contract/api/drafts.ts';
import { draftFiles } from '../drafts/draft-files.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** The requests about studies that are being written; every page is told of each change. */
export function draftHandlers({ home, emit }: Pick<Host, 'home' | 'emit'>): HandlersOf<typeof draftRequests> {
  const drafts = draftFiles(home);
  return {
    'drafts.list': () => drafts.list(),
    'drafts.save': ({ draft, text }) => {
      const kept = drafts.save(text, draft);
      emit({ type: 'draft', draft: kept.draft });
      return kept;
    },
    'drafts.remove': ({ id, version }) => {
      const isGone = drafts.remove(id, version);
      if (isGone) emit({ type: 'draft removed', id });
      return isGone;
    },
  };
}
