/** The most seeds that one entry of a study file may name, and that a rule or a plan may ask for in a cell. */
export const MOST_SEEDS = 1000;
