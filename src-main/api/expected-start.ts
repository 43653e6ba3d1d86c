import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { ExpectedStart } from '../../src-shared/contract/api/studies.ts';
import { networkTotals } from '../../src-shared/networks/network-totals.ts';
import { measuredPeaks } from '../../src-shared/runs/measured-peaks.ts';
import { trainedBefore } from '../../src-shared/runs/trained-before.ts';
import { planStudy, type StudyPlan } from '../../src-shared/runs/plan-study.ts';
import { timeBasis, timeText } from '../../src-shared/runs/plan-text.ts';
import { requireTrained } from '../../src-shared/studies/imported-study.ts';
import { plannedGoingOn } from '../artifacts/planned-runs.ts';
import type { PlannerHere } from '../executors/engine-planner.ts';
import { kindlingVersion } from '../kindling-version.ts';
import type { CheckedStudy } from '../studies/check-study.ts';
import type { Host } from './host.ts';

/**
 * What a start of a study would do, in sentences: how long it would train, which runs would go on, and why others would not.
 * @throws Problem of the text and its data, of the executor and its settings; `not-found` for a study that there is not
 */
export async function expectedStart(
  host: Pick<Host, 'store' | 'environment' | 'runIndex'>,
  { study, text, goOn: how, retryDiverged, executor, settings }: CheckedParametersOf<'studies.expect'>,
): Promise<ExpectedStart> {
  const { store, environment } = host;
  const known = text ?? stored(store().study(study));
  const checked = await environment.checkStudy(known, `The study "${study}"`);
  const planner = await environment.plannerAt({ executor, settings });
  const plan = planner && planOf(host, checked, planner, retryDiverged);
  const { definition, cells, dataHash } = checked;
  const computedBy = { kindling: kindlingVersion(), ...(plan && { threads: plan.jobs.threads }) };
  const goingOn = plannedGoingOn(store(), cells, { definition, dataHash, how, computedBy }, retryDiverged);
  return { time: plan && timeOf(plan, goingOn.length > 0), goingOn };
}

function planOf(
  { environment, runIndex }: Pick<Host, 'environment' | 'runIndex'>,
  { definition, cells }: CheckedStudy,
  { engine, plan }: PlannerHere,
  retryDiverged: boolean,
): StudyPlan {
  const data = environment.describeDataset(definition.dataset);
  const costOf = networkTotals({ shape: data.shape, classes: data.classes.length });
  const index = runIndex();
  return planStudy({
    ...{ definition, data, retryDiverged, rows: index.rows, ...trainedBefore(index) },
    cells: cells.map((cell) => ({ cell, cost: costOf(cell.network) })),
    peaks: measuredPeaks(index, engine),
    planJobs: (work) => plan({ ...work, jobs: null }),
  });
}

function timeOf(plan: StudyPlan, someGoOn: boolean): string {
  const whole = someGoOn ? ' Runs that go on are counted as whole ones.' : '';
  return `Estimated time: ${timeText(plan)}.${whole} ${timeBasis(plan)}`;
}

function stored({ definition, text }: ReturnType<ReturnType<Host['store']>['study']>): string {
  requireTrained(definition);
  return text;
}
