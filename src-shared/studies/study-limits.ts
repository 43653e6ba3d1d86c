/**
 * The most cells that a study may have. As each value of a factor makes at least one, it is the most values of a factor,
 * too. Counted before anything is expanded.
 */
export const MOST_CELLS = 20_000;

/** The most runs that a study may ask for: cells times seeds, and the extra seeds of some cells. */
export const MOST_RUNS = 100_000;

/** Bytes or characters of a study file; a hand-written one has a few hundred, a list of 20,000 cells fewer than these. */
export const LARGEST_FILE = 2 ** 20;
