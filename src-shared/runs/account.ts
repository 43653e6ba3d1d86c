import type { Failure } from '../studies/trainer-protocol.ts';
import type { RunRecord } from '../studies/run-record.ts';

/** Why a run that belongs to what is shown has no number in it, in the order in which reasons are told. */
export const LEFT_OUT_REASONS = [
  'diverged',
  'failed',
  'interrupted',
  'running',
  'skipped',
  'not begun',
  'without a value',
] as const;

/**
 * - diverged: its loss was not finite any more
 * - failed: ended by another error
 * - interrupted: ended by a stop, or by the death of the program; it may wait to go on
 * - running: not at its end yet
 * - skipped: a person has passed over its cell and seed
 * - not begun: planned and waiting, given up before it began, or never planned
 * - without a value: complete, but without the number that is shown (no validation part, for instance)
 */
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** Of runs that are still to be trained to their end. */
export const TO_COME: ReadonlySet<LeftOutReason> = new Set<LeftOutReason>([
  'interrupted',
  'running',
  'not begun',
]);

export interface LeftOut {
  readonly reason: LeftOutReason;
  /** Id of the cell. */
  readonly cell: string;
  readonly seed: number;
  /** The last attempt; null for one that was never planned. */
  readonly run: string | null;
}

/** Which runs count and which do not. A run is a cell with a seed here, however many attempts there were. */
export interface RunAccount<Run> {
  /** In the order in which they were added. */
  readonly counted: readonly Run[];
  /** By cell in the order of the cells, then by seed. */
  readonly leftOut: readonly LeftOut[];
}

/** What is asked of a run. */
export type Attempt = Pick<RunRecord, 'id' | 'study' | 'cell' | 'seed' | 'state' | 'skipped'> & {
  readonly failure: Pick<Failure, 'code'> | null;
  /** The last step that is known; absent where nobody asks. */
  readonly step?: RunRecord['step'];
};

/** The same with its value in the metric by which its study adds seeds; null without one. */
export type ValuedAttempt = Attempt & { readonly value: number | null };

/** A cell that is expected to have a run with each of these seeds. */
export interface ExpectedCell {
  readonly id: string;
  readonly seeds: readonly number[];
}

/**
 * Sorts runs into those that count and those that are left out, each with its reason. Of several attempts at a seed the
 * one that is meant is that of `meantAttempts`. Two studies may hold the same cell, whose run with one seed computes the same: it counts once, and is
 * left out only where it has no number in any of them.
 *
 * @param runs in the order in which they were added.
 * @param expected cells that should have these seeds; those without a run have not begun.
 * @param hasValue whether a complete run has the number that is shown.
 */
export function accountRuns<Run extends Attempt>(
  runs: readonly Run[],
  expected: readonly ExpectedCell[] = [],
  hasValue: (run: Run) => boolean = () => true,
): RunAccount<Run> {
  const byCell = new Map<string, Map<number, Run[]>>();
  const at = (cell: string, seed: number): Run[] => {
    const seeds = byCell.get(cell) ?? new Map<number, Run[]>();
    byCell.set(cell, seeds);
    const found = seeds.get(seed) ?? [];
    seeds.set(seed, found);
    return found;
  };
  for (const { id, seeds } of expected) for (const seed of seeds) at(id, seed);
  for (const run of meantAttempts(runs)) at(run.cell, run.seed).push(run);
  const counts = (run: Run): boolean => run.state === 'complete' && hasValue(run);
  const counted = new Set<Run>();
  const leftOut: LeftOut[] = [];
  for (const [cell, seeds] of byCell)
    for (const [seed, found] of [...seeds].sort(([one], [other]) => one - other)) {
      const valid = found.findLast(counts);
      const last = found.at(-1);
      if (valid) counted.add(valid);
      else leftOut.push({ reason: reasonOf(last ?? null), cell, seed, run: last?.id ?? null });
    }
  return { counted: runs.filter((run) => counted.has(run)), leftOut };
}

/**
 * One run of each seed of a cell in a study: the complete one, else the last. In a table of runs that another program trained
 * an attempt that came to no end may come after the one that did.
 *
 * @param runs in the order in which they were added.
 */
export function meantAttempts<Run extends Pick<Attempt, 'study' | 'cell' | 'seed' | 'state'>>(
  runs: readonly Run[],
): Run[] {
  const meant = new Map<string, Run>();
  for (const run of runs) {
    const key = `${run.cell} ${run.seed} ${run.study}`;
    if (meant.get(key)?.state !== 'complete') meant.set(key, run);
  }
  return [...meant.values()];
}

function reasonOf(run: Attempt | null): LeftOutReason {
  if (run?.skipped) return 'skipped';
  switch (run?.state) {
    case 'complete':
      return 'without a value';
    case 'failed':
      return run.failure?.code === 'loss-not-finite' ? 'diverged' : 'failed';
    case 'interrupted':
    case 'running':
      return run.state;
    case 'waiting':
      return (run.step ?? null) === null ? 'not begun' : 'interrupted';
    case 'cancelled':
    case undefined:
      return 'not begun';
  }
}
