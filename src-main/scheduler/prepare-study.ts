import { counted } from '../../src-shared/counted.ts';
import type { CostedCell } from '../../src-shared/studies/cell.ts';
import type { StudyDefinition } from '../../src-shared/studies/study-definition.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import { goingOnTexts, type KeptSteps } from '../../src-shared/runs/going-on-texts.ts';
import { plannedRuns } from '../artifacts/planned-runs.ts';
import { keptAtStart, removeEndedResumes, removeResumes } from '../artifacts/resume-files.ts';
import { requireSameData } from '../store/require-same-data.ts';
import type { Store, StudyChange, StudyInput } from '../store/store.ts';
import { AddedSeeds } from './added-seeds.ts';
import type { HowToGoOn } from '../../src-shared/studies/how-to-go-on.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { RunPlan } from '../../src-shared/studies/plan-runs.ts';
import type { LongerRuns } from '../artifacts/shorter-runs.ts';

export interface PreparedStudy {
  readonly cells: readonly CostedCell[];
  readonly plan: RunPlan;
  /** Ids of the missing runs, all waiting in the store, in the order of the plan. */
  readonly runs: readonly string[];
  readonly added: AddedSeeds;
  readonly changed: boolean;
  readonly messages: readonly string[];
}

export interface Preparation {
  readonly store: Store;
  readonly definition: StudyDefinition;
  readonly text: string;
  /** Costed for the data set. */
  readonly cells: readonly CostedCell[];
  readonly dataset: { readonly description: DatasetDescription };
  readonly retryDiverged?: boolean;
  readonly longer: Omit<LongerRuns, 'definition'>;
  /** Ids of waiting runs, where only these are wanted; null for all that is missing. */
  readonly only?: readonly string[] | null;
}

/**
 * Saves the study, its cells and a waiting run for all that is missing.
 *
 * @throws Problem as `runStudy` says, before anything is saved.
 */
export function prepareStudy(preparation: Preparation): PreparedStudy {
  const { store, definition, cells, dataset, retryDiverged, longer, only = null } = preparation;
  const change = saveStudy(store, { ...preparation, dataHash: dataset.description.hash });
  const runs = store.runs({ study: definition.name });
  const seeds = new AddedSeeds(definition, cells, runs);
  const plan = leaveOthers(
    plannedRuns(store, runs, {
      ...{ cells, longer: { ...longer, definition }, retryDiverged: retryDiverged ?? false },
      asked: (cell) => seeds.asked(cell),
    }),
    only,
  );
  for (const id of plan.obsolete) store.endRun(id, 'cancelled');
  removeEndedResumes(store);
  if (longer.how === 'never')
    removeResumes(
      store,
      plan.missing.flatMap(({ run }) => run?.id ?? []),
    );
  store.resumeRuns(plan.missing.flatMap(({ run }) => (run && run.state !== 'waiting' ? [run.id] : [])));
  const added = plan.missing.filter(({ run }) => run === null);
  const ids = store.addRuns(
    added.map(({ cell, seed, retryOf }) => ({ study: definition.name, cell: cell.id, seed, retryOf })),
  );
  const idOf = new Map(added.map((planned, index) => [planned, ids[index] ?? '']));
  return {
    cells,
    plan,
    runs: plan.missing.map((planned) => planned.run?.id ?? idOf.get(planned) ?? ''),
    added: seeds,
    changed: change.changed,
    messages: describe(change, plan, longer.how, ({ id }) => keptAtStart(store, id, longer)),
  };
}

function leaveOthers(plan: RunPlan, only: readonly string[] | null): RunPlan {
  if (only === null) return plan;
  const missing = plan.missing.filter(({ run }) => run !== null && only.includes(run.id));
  return { ...plan, missing, later: plan.missing.length - missing.length };
}

/**
 * Saves the study and its cells; plans no runs.
 *
 * @throws Problem `data-invalid` where it has results on other data, before anything is saved.
 */
export function saveStudy(store: Store, study: StudyInput): StudyChange {
  requireSameData(store, study);
  return store.saveStudy(study);
}

/** What of a study's definition has changed, for people; null where nothing has. */
export function changeText({ created, added, dropped }: StudyChange): string | null {
  if (created || (added === 0 && dropped === 0)) return null;
  return `The definition has changed: ${counted(added, 'cell')} new, ${counted(dropped, 'cell')} no longer in the study (results are kept in the store).`;
}

function describe(
  change: StudyChange,
  { done, given, missing }: RunPlan,
  how: HowToGoOn,
  keptOf: (run: RunRecord) => KeptSteps,
): string[] {
  const changed = changeText(change);
  const messages = changed === null ? [] : [changed];
  if (done.length > 0)
    messages.push(`Complete already: ${counted(done.length, 'run')}; missing: ${missing.length}.`);
  messages.push(...goingOnTexts(missing, how, keptOf));
  if (given.length > 0) {
    messages.push(
      `Not repeated: ${counted(given.length, 'run')} whose loss was not finite: the same seed diverges again unless the recipe, the engine or its number of threads has changed.`,
    );
  }
  return messages;
}
