import { canGoOn } from './can-go-on.ts';
import type { CostedCell } from './cell.ts';
import type { WantedRun } from './wanted-runs.ts';
import type { RunRecord } from './run-record.ts';
import type { GoOn } from './trainer-protocol.ts';
import { type ReachedStep, reachedStep } from './reached-step.ts';
import type { FindEnd, FoundEnd } from './shorter-end.ts';

export interface PlannedRun extends WantedRun<CostedCell> {
  /** The run that already waits for it, or goes on; null where one is to be added. */
  readonly run: RunRecord | null;
  /** Where that was interrupted, or a shorter run ended from which it can go on; null where it begins. */
  readonly reached: ReachedStep | null;
  /** What of shorter runs there is for one that has nothing behind it; null without any. */
  readonly shorter: FoundEnd | null;
  /** The last attempt, if it ended without a result and does not go on. */
  readonly retryOf: string | null;
}

export interface RunPlan {
  /** Runs of the study that are complete. */
  readonly done: readonly RunRecord[];
  /** Runs that failed in a way that they would again. */
  readonly given: readonly RunRecord[];
  /** What is missing, in the order in which it is wanted. */
  readonly missing: readonly PlannedRun[];
  /** How many of what is missing wait for a later start. */
  readonly later: number;
  /** Ids of waiting runs that the study no longer asks for, or that cannot go on. */
  readonly obsolete: readonly string[];
}

export interface PlanOptions {
  /** Runs whose loss was not finite, too. */
  readonly retryDiverged: boolean;
  readonly goOn: GoOn['how'];
  /** Whether the files of a run that has begun may be written: those of a copied store are the original's. */
  readonly hasFiles: (run: string) => boolean;
  readonly findShorter: FindEnd;
}

/**
 * What a study still lacks, given all runs that the store has of it, in the order in which they were added.
 *
 * Interrupted runs go on, and those that failed from outside. Cancelled ones are repeated, and other failed ones too, except those whose
 * loss was not finite: the same seed would end in the same way. What a person has skipped is no part of it.
 */
export function planRuns(
  wantedRuns: readonly WantedRun<CostedCell>[],
  runs: readonly RunRecord[],
  { retryDiverged, goOn, hasFiles, findShorter }: PlanOptions,
): RunPlan {
  const attempts = Map.groupBy(runs, ({ cell, seed }) => key(cell, seed));
  const wanted = new Set<string>();
  const done: RunRecord[] = [];
  const given: RunRecord[] = [];
  const missing: PlannedRun[] = [];
  const from = (
    wanted: WantedRun<CostedCell>,
    run: RunRecord | null,
  ): Pick<PlannedRun, 'reached' | 'shorter'> => {
    const reached = run === null || goOn === 'never' ? null : reachedStep(run);
    const shorter = reached === null ? findShorter(wanted.cell, wanted.seed) : null;
    return { reached: reached ?? (shorter && 'reached' in shorter ? shorter.reached : null), shorter };
  };
  const mayTrain = ({ id, startedAt }: RunRecord): boolean => startedAt === null || hasFiles(id);
  for (const each of wantedRuns) {
    const { cell, seed } = each;
    wanted.add(key(cell.id, seed));
    const last = attempts.get(key(cell.id, seed))?.at(-1) ?? null;
    if (last?.skipped) continue;
    if (last?.state === 'complete') done.push(last);
    else if (last?.failure?.code === 'loss-not-finite' && !retryDiverged) given.push(last);
    else if (last && (last.state === 'waiting' || canGoOn(last)) && mayTrain(last))
      missing.push({ cell, seed, run: last, ...from(each, last), retryOf: last.retryOf });
    else missing.push({ cell, seed, run: null, ...from(each, null), retryOf: last?.id ?? null });
  }
  const obsolete = runs.filter(
    (run) => run.state === 'waiting' && !(wanted.has(key(run.cell, run.seed)) && mayTrain(run)),
  );
  return { done, given, missing, later: 0, obsolete: obsolete.map(({ id }) => id) };
}

function key(cell: string, seed: number): string {
  return `${cell} ${seed}`;
}
