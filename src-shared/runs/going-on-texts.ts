import { counted } from '../counted.ts';
import { whole } from '../numbers.ts';
import type { PlannedRun } from '../studies/plan-runs.ts';
import type { HowToGoOn } from '../studies/how-to-go-on.ts';
import type { RunRecord } from '../studies/run-record.ts';

/** Where an interrupted run would go on. */
export interface KeptSteps {
  /** That are behind it by its last resume checkpoint; 0 where it begins anew. */
  readonly step: number;
  /** Why it begins anew although there is a resume checkpoint; null where it does not. */
  readonly why: string | null;
}

/**
 * Of runs that are to be trained, how many go on, from interruptions or from shorter runs, and why others do not; for people. What engine and
 * device compute them only their trainers can tell, which then say of each whether it goes on.
 */
export function goingOnTexts(
  missing: readonly PlannedRun[],
  how: HowToGoOn,
  keptOf: (run: RunRecord) => KeptSteps,
): string[] {
  const unless = how === 'any' ? '' : ', unless the engine, its version or its device is another now';
  const interrupted = missing.flatMap(({ run }) => (run && run.startedAt !== null ? [run] : []));
  return [
    ...(interrupted.length > 0 ? [interruptedText(interrupted, keptOf, unless)] : []),
    ...shorterTexts(missing, unless),
  ];
}

function interruptedText(
  runs: readonly RunRecord[],
  keptOf: (run: RunRecord) => KeptSteps,
  unless: string,
): string {
  const kept = runs.map((run) => {
    const { step, why } = keptOf(run);
    return { step: Math.max(step, run.extension?.step ?? 0), why };
  });
  const goingOn = kept.filter(({ step }) => step > 0);
  const all = runs.reduce((sum, { totalSteps }) => sum + (totalSteps ?? 0), 0);
  const saved = goingOn.reduce((sum, { step }) => sum + step, 0);
  const anew = Map.groupBy(
    kept.filter(({ step }) => step === 0),
    ({ why }) => why,
  );
  const parts = [
    ...(goingOn.length > 0
      ? [
          `from a resume checkpoint: ${goingOn.length} (${whole(saved)} of ${whole(all)} steps are kept${unless})`,
        ]
      : []),
    ...[...anew].map(
      ([why, { length }]) => `from the beginning: ${length}${why === null ? '' : ` (${why})`}`,
    ),
  ];
  return `Interrupted before: ${counted(runs.length, 'run')}; ${parts.join('; ')}.`;
}

/** How many runs go on from shorter ones, and why others do not. */
function shorterTexts(missing: readonly PlannedRun[], unless: string): string[] {
  const found = missing.flatMap(({ shorter }) => shorter ?? []);
  const steps = found.flatMap((each) => ('reached' in each ? [each.reached] : []));
  const kept = steps.reduce((sum, { step }) => sum + step, 0);
  const all = steps.reduce((sum, { totalSteps }) => sum + totalSteps, 0);
  const refused = Map.groupBy(
    found.flatMap((each) => ('why' in each ? [each.why] : [])),
    (why) => why,
  );
  return [
    ...(steps.length > 0
      ? [
          `Going on from the end of a run of fewer epochs: ${counted(steps.length, 'run')} (${whole(kept)} of ${whole(all)} steps are kept${unless}).`,
        ]
      : []),
    ...[...refused].map(
      ([why, { length }]) =>
        `Not going on from a run of fewer epochs that is complete: ${counted(length, 'run')}: ${why}.`,
    ),
  ];
}
