import { z } from 'zod';
import { nothing, request } from './request.ts';

/** Characters; a study file has a few hundred. */
const LONGEST = 1 << 20;

/** A study file that is being written and is no study yet. */
export interface StudyDraft {
  readonly id: string;
  /** The name of the study; empty where the text gives none. */
  readonly name: string;
  readonly text: string;
  /** Another one for another text. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly changedAt: string;
}

export interface KeptDraft {
  readonly draft: StudyDraft;
  /** The draft had changed since `base`, or was gone: the text was kept as another draft beside it. */
  readonly isApart: boolean;
}

const id = z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a draft');

export const draftRequests = {
  /** The newest first. */
  'drafts.list': request<readonly StudyDraft[]>()(nothing),
  /**
   * Keeps a text as the next version of a draft, given the version that it was made from, or as a new draft. Whoever
   * changed the draft meanwhile loses nothing, and neither does this text: it becomes a draft of its own.
   */
  'drafts.save': request<KeptDraft>()(
    z.strictObject({
      draft: z.strictObject({ id, base: z.string() }).nullable(),
      text: z.string().max(LONGEST),
    }),
  ),
  /** Deletes a draft if it is still at this version; answers whether it is gone. */
  'drafts.remove': request<boolean>()(z.strictObject({ id, version: z.string() })),
} as const;
