/** Seconds of training between two resume checkpoints of a run at most, where nobody says how many. */
export const DEFAULT_RESUME_SECONDS = 60;

/** The most that can be set: a day. */
export const MOST_RESUME_SECONDS = 86_400;
