import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import { checkpointOf, epochOf, withoutCheckpoint } from '../../../src-shared/analysis/checkpoints.ts';
import { settingsKey } from '../../../src-shared/analysis/comparable-analyses.ts';

/** What a method found after an epoch. */
export interface CourseStep {
  readonly epoch: number;
  readonly analysis: Analysis;
}

/** Of the analyses those by the same method with the same settings, of each run the newest. */
export function alikeAnalyses(shown: Analysis, found: readonly Analysis[]): Analysis[] {
  const keyOf = ({ settings }: Analysis): string => settingsKey(withoutCheckpoint(settings));
  const alike = found.filter(
    (each) => each.method === shown.method && keyOf(each) === keyOf(shown) && each.results.length > 0,
  );
  const newest = alike.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt));
  return [...new Map(newest.map((each) => [`${each.run} ${checkpointOf(each.settings)}`, each])).values()];
}

/** From epoch to epoch over the training. @param epochs of all of it */
export function courseOf(shown: Analysis, found: readonly Analysis[], epochs: number): CourseStep[] {
  return alikeAnalyses(shown, found)
    .flatMap((analysis) => {
      const epoch = epochOf(checkpointOf(analysis.settings), epochs);
      return epoch === null ? [] : [{ epoch, analysis }];
    })
    .toSorted((one, other) => one.epoch - other.epoch);
}
