/** That a run went on from the end of a complete one that is the same but for fewer epochs. */
export interface RunExtension {
  /** Id of that run, which may have been deleted since. */
  readonly from: string;
  /** Its last step, up to which the points are that run's; 0 where this run began anew all the same. */
  readonly step: number;
  /** Seconds of that run, which count in this one's times; 0 where it began anew. */
  readonly seconds: number;
  /** Why it began anew, or on what other engine it went on; null where all is well. */
  readonly note: string | null;
}
