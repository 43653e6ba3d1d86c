/** So many seeds of a cell stand in one line, if there are so many. */
export const SEEDS_BESIDE = 6;
