/** That a run was stopped, or its program ended, and what became of it. */
export interface Interruption {
  /** When it ended; ISO 8601, UTC. */
  readonly at: string;
  /** The step from which it went on, 0 from its beginning; null as long as it has not gone on. */
  readonly step: number | null;
  /** When it went on. */
  readonly wentOnAt: string | null;
  /** Why it failed; null where it was stopped, or its program was ended. */
  readonly cause: string | null;
  /** Why it did not go on from its last resume checkpoint, or on what other engine; null where all is well. */
  readonly note: string | null;
}
