/** The work of one run: multiply-accumulates for one image, times the images of all epochs. */
export interface Work {
  readonly cell: string;
  readonly amount: number;
}

export interface Progress {
  readonly waiting: readonly Work[];
  readonly active: readonly (Work & {
    /** Share of its steps that is done. */
    readonly share: number;
    readonly seconds: number;
  })[];
  readonly finished: readonly (Work & { readonly seconds: number })[];
  readonly jobs: number;
}

/**
 * Seconds until the study ends, or null while nothing has been measured.
 *
 * A run of a cell that has been trained before takes as long as that did; any other takes as long as its work
 * at the mean speed measured so far. What is left is shared among the jobs.
 */
export function estimateRemaining({ waiting, active, finished, jobs }: Progress): number | null {
  const measured = [...finished, ...active.map((run) => ({ ...run, amount: run.amount * run.share }))];
  const amount = sum(measured.map((run) => run.amount));
  const seconds = sum(measured.map((run) => run.seconds));
  if (amount === 0 || seconds === 0) return null;
  const known = Map.groupBy(finished, ({ cell }) => cell);
  const whole = ({ cell, amount: work }: Work): number => {
    const before = known.get(cell);
    if (before) return sum(before.map((run) => run.seconds)) / before.length;
    return (work * seconds) / amount;
  };
  const rest = active.map((run) => whole(run) * (1 - run.share));
  const total = sum(waiting.map(whole)) + sum(rest);
  return Math.max(total / jobs, ...rest);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
