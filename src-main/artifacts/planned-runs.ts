import type { CostedCell } from '../../src-shared/studies/cell.ts';
import { goingOnTexts } from '../../src-shared/runs/going-on-texts.ts';
import { cellSeeds } from '../../src-shared/studies/cell-seeds.ts';
import { planRuns, type RunPlan } from '../../src-shared/studies/plan-runs.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { StudyDefinition } from '../../src-shared/studies/study-definition.ts';
import { wantedRuns } from '../../src-shared/studies/wanted-runs.ts';
import type { Store } from '../store/store.ts';
import { keptAtStart } from './resume-files.ts';
import { ownsRunFolder } from './run-folders.ts';
import { findShorter, type LongerRuns } from './shorter-runs.ts';

/**
 * What a start of a study would do; nothing is changed.
 * @param runs all of the study
 * @param asked the seeds of a cell
 */
export function plannedRuns(
  store: Store,
  runs: readonly RunRecord[],
  {
    cells,
    asked,
    longer,
    retryDiverged,
  }: {
    readonly cells: readonly CostedCell[];
    readonly asked: (cell: CostedCell) => readonly number[];
    readonly longer: LongerRuns & { readonly definition: StudyDefinition };
    readonly retryDiverged: boolean;
  },
): RunPlan {
  const { definition, how } = longer;
  return planRuns(wantedRuns(definition, cells, asked), runs, {
    ...{ retryDiverged, goOn: how, findShorter: findShorter(store, longer) },
    hasFiles: (run) => ownsRunFolder(store, run),
  });
}

/** Which of the missing runs a start of a study would have go on, and why others do not; for people. */
export function plannedGoingOn(
  store: Store,
  cells: readonly CostedCell[],
  longer: LongerRuns & { readonly definition: StudyDefinition },
  retryDiverged: boolean,
): string[] {
  const { definition, how } = longer;
  const seedsOf = cellSeeds(definition, () => store.attempts(definition.name));
  const { missing } = plannedRuns(store, store.runs({ study: definition.name }), {
    ...{ cells, longer, retryDiverged, asked: (cell) => seedsOf(cell).asked },
  });
  return goingOnTexts(missing, how, ({ id }) => keptAtStart(store, id, longer));
}
