/** One after another, a trainer trains runs. */
export interface Lane<Run> {
  /** Seconds until it can take the next. */
  readonly freeIn: number;
  /** Seconds that a run takes here. */
  readonly secondsOf: (run: Run) => number;
}

/** Ways to share that are looked at: all of those of ten runs among two trainers. */
const MOST_TRIED = 3000;

/**
 * Shares runs among trainers so that the last one ends as early as can be.
 *
 * Each run is first given to where it ends earliest, the first of them first; from there on other ways are tried, those left
 * out in which a trainer would be at work for longer than in the best so far.
 *
 * @param runs the largest first
 * @returns the lane of each run, by its place among the lanes
 */
export function shareLastRuns<Run>(runs: readonly Run[], lanes: readonly Lane<Run>[]): number[] {
  // asked once: each answer may go through all runs of the study, and the ways are many
  const seconds = runs.map((run) => lanes.map(({ secondsOf }) => secondsOf(run)));
  const ends = lanes.map(({ freeIn }) => freeIn);
  let best = { end: Infinity, places: [] as readonly number[] };
  let tried = 0;
  const visit = (places: readonly number[]): void => {
    const end = Math.max(...ends);
    if (end >= best.end || tried > MOST_TRIED) return;
    const next = seconds[places.length];
    if (next === undefined) {
      best = { end, places };
      return;
    }
    const options = next.map((taken, lane) => ({ lane, after: (ends[lane] ?? 0) + taken }));
    for (const { lane, after } of options.sort((one, other) => one.after - other.after)) {
      tried++;
      const before = ends[lane] ?? 0;
      ends[lane] = after;
      visit([...places, lane]);
      ends[lane] = before;
    }
  };
  visit([]);
  return [...best.places];
}
