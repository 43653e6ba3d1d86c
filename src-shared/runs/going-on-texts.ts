import { counted } from '../counted.ts';
import { whole } from '../numbers.ts';
import type { PlannedRun } from '../studies/plan-runs.ts';
import type { RunRecord } from '../studies/run-record.ts';

/**
 * Of runs that are to be trained, how many go on, from interruptions or from shorter runs, and why others do not; for people.
 * @param kept steps that a run has behind it by its last resume checkpoint
 */
export function goingOnTexts(missing: readonly PlannedRun[], kept: (run: string) => number): string[] {
  const interrupted = missing.flatMap(({ run }) => (run && run.startedAt !== null ? [run] : []));
  return [...(interrupted.length > 0 ? [interruptedText(interrupted, kept)] : []), ...shorterTexts(missing)];
}

function interruptedText(runs: readonly RunRecord[], kept: (run: string) => number): string {
  const steps = runs
    .map(({ id, extension }) => Math.max(kept(id), extension?.step ?? 0))
    .filter((step) => step > 0);
  const anew = runs.length - steps.length;
  const all = runs.reduce((sum, { totalSteps }) => sum + (totalSteps ?? 0), 0);
  const saved = steps.reduce((sum, step) => sum + step, 0);
  const parts = [
    steps.length > 0 &&
      `from a resume checkpoint: ${steps.length} (${whole(saved)} of ${whole(all)} steps are kept)`,
    anew > 0 && `from the beginning: ${anew}`,
  ];
  return `Interrupted before: ${counted(runs.length, 'run')}; ${parts.filter(Boolean).join('; ')}.`;
}

/** How many runs go on from shorter ones, and why others do not. */
function shorterTexts(missing: readonly PlannedRun[]): string[] {
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
          `Going on from the end of a run of fewer epochs: ${counted(steps.length, 'run')} (${whole(kept)} of ${whole(all)} steps are kept).`,
        ]
      : []),
    ...[...refused].map(
      ([why, { length }]) =>
        `Not going on from a run of fewer epochs that is complete: ${counted(length, 'run')}: ${why}.`,
    ),
  ];
}
